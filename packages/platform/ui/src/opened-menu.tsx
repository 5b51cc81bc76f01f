"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { DropdownMenuProps, MenuEntry } from "./menu-entry.tsx";
import { mainPart } from "./main-part.ts";

const itemLook =
  "flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-[disabled]:cursor-not-allowed data-[disabled]:opacity-55 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-ink-subtle";

/** Opens as soon as it is there: it is loaded because somebody asked for it. */
export function OpenedMenu({ trigger, entries, align = "end" }: DropdownMenuProps) {
  return (
    <Primitive.Root modal={false} defaultOpen>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={mainPart()}>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[70vh] min-w-44 animate-appear overflow-y-auto rounded-md border bg-raised p-1 text-ink shadow-pop"
        >
          {entries.map((entry, index) => (
            <Entry key={index} entry={entry} />
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function Entry({ entry }: Readonly<{ entry: MenuEntry }>) {
  switch (entry.kind) {
    case "divider":
      return <Primitive.Separator className="my-1 border-t" />;
    case "label":
      return <Primitive.Label className="px-2 pt-2 pb-1 text-xs text-ink-subtle">{entry.text}</Primitive.Label>;
    case "item":
      return (
        <Primitive.Item className={itemLook} onSelect={entry.onSelect}>
          {entry.icon}
          {entry.label}
        </Primitive.Item>
      );
    case "check":
      return (
        <Primitive.CheckboxItem
          className={itemLook}
          checked={entry.checked}
          disabled={entry.disabled === true}
          onCheckedChange={entry.onChange}
          onSelect={(event) => event.preventDefault()}
        >
          <span className="grid size-4 place-items-center">
            <Primitive.ItemIndicator>
              <Check aria-hidden />
            </Primitive.ItemIndicator>
          </span>
          {entry.label}
        </Primitive.CheckboxItem>
      );
  }
}
