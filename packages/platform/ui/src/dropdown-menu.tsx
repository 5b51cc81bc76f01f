"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./core/class-names.ts";

const itemLook =
  "flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none select-none data-[disabled]:cursor-not-allowed data-[disabled]:opacity-55 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-ink-subtle";

type DropdownMenuProps = Readonly<{
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "end";
  className?: string;
}>;

export function DropdownMenu({ trigger, children, align = "end", className }: DropdownMenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={classNames(
            "z-50 max-h-[70vh] min-w-44 animate-appear overflow-y-auto rounded-md border bg-raised p-1 text-ink shadow-pop",
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function MenuItem({ className, ...rest }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={classNames(itemLook, className)} {...rest} />;
}

/** Stays open when ticked, because people tick several. */
export function MenuCheck({ children, ...rest }: ComponentProps<typeof Primitive.CheckboxItem>) {
  return (
    <Primitive.CheckboxItem className={itemLook} onSelect={(event) => event.preventDefault()} {...rest}>
      <span className="grid size-4 place-items-center">
        <Primitive.ItemIndicator>
          <Check aria-hidden />
        </Primitive.ItemIndicator>
      </span>
      {children}
    </Primitive.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 pt-2 pb-1 text-xs text-ink-subtle">{children}</Primitive.Label>;
}

export function MenuDivider() {
  return <Primitive.Separator className="my-1 border-t" />;
}
