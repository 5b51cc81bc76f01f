"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./core/class-names.ts";

type DialogProps = Readonly<{
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** A dialog sits in the middle and asks; a sheet slides in from the right and shows. */
  shape?: "dialog" | "sheet";
  className?: string;
}>;

const shapes = {
  dialog:
    "top-1/2 left-1/2 max-h-[85vh] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-lg animate-appear",
  sheet: "inset-y-0 right-0 w-[min(28rem,100vw)] border-l animate-slide",
} as const;

/** Takes the focus until it is closed; Escape closes it and gives the focus back. */
export function Dialog({ open, onOpenChange, title, description, children, shape = "dialog", className }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-appear bg-[rgb(0_0_0/0.35)]" />
        <Primitive.Content
          {...(description === undefined && { "aria-describedby": undefined })}
          className={classNames(
            "fixed z-50 flex flex-col overflow-hidden bg-raised shadow-pop",
            shapes[shape],
            className,
          )}
        >
          <header className="flex items-start gap-3 border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Primitive.Title className="text-base font-semibold">{title}</Primitive.Title>
              {description !== undefined && (
                <Primitive.Description className="mt-0.5 text-sm text-ink-muted">{description}</Primitive.Description>
              )}
            </div>
            <Primitive.Close asChild>
              <Button kind="quiet" size="icon" aria-label="Close" className="-my-1 -mr-2">
                <X aria-hidden />
              </Button>
            </Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
