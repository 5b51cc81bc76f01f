"use client";

import { cloneElement, lazy, Suspense, useState } from "react";
import type { PopoverProps } from "./popover-props.tsx";

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
