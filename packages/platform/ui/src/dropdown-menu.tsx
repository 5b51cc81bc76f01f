"use client";

import { cloneElement, lazy, Suspense, useState } from "react";
import type { DropdownMenuProps } from "./menu-entry.tsx";

// Most pages are left without a menu having been opened, so its code comes with the first click.
const OpenedMenu = lazy(() => import("./opened-menu.tsx").then((module) => ({ default: module.OpenedMenu })));

export function DropdownMenu(props: DropdownMenuProps) {
  const [wanted, setWanted] = useState(false);
  const waiting = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onClick: () => setWanted(true),
  });
  if (!wanted) return waiting;
  return (
    <Suspense fallback={waiting}>
      <OpenedMenu {...props} />
    </Suspense>
  );
}
