"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";

/** Delays are shared below this element: moving from one trigger to the next shows at once. */
export const TooltipProvider = Primitive.Provider;

/** Says more about its child on hover and focus. Nothing that must be known may stand only here. */
export function Tooltip({ text, children }: Readonly<{ text: ReactNode; children: ReactNode }>) {
  return (
    <Primitive.Root delayDuration={300}>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-w-72 animate-appear rounded-sm border bg-raised px-2 py-1 text-xs text-ink shadow-pop"
        >
          {text}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
