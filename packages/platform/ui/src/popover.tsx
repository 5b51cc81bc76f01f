"use client";

import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";
import type { ButtonProps } from "./button.tsx";

export type PopoverProps = Readonly<{
  label: string;
  trigger: ReactElement<ButtonProps>;
  children: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}>;

// Like the menu: its code comes with the first click.
const OpenedPopover = lazy(() => import("./opened-popover.tsx").then((module) => ({ default: module.OpenedPopover })));

export function Popover(props: PopoverProps) {
  const [wanted, setWanted] = useState(false);
  const waiting = cloneElement(props.trigger, {
    "aria-haspopup": "dialog",
    "aria-expanded": false,
    onClick: () => {
      setWanted(true);
      props.onOpenChange(true);
    },
  });
  if (!wanted) return waiting;
  return (
    <Suspense fallback={waiting}>
      <OpenedPopover {...props} />
    </Suspense>
  );
}
