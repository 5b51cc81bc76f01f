"use client";

import { Popover as Primitive } from "radix-ui";
import type { PopoverProps } from "./popover-props.tsx";
import { mainPart } from "./main-part.ts";

export function OpenedPopover({ label, trigger, children, open, onOpenChange }: PopoverProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal container={mainPart()}>
        <Primitive.Content
          aria-label={label}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-72 animate-appear rounded-md border bg-raised p-1 shadow-pop"
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
