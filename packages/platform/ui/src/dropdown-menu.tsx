"use client";

import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from "react";
import type { ButtonProps } from "./button.tsx";

export type MenuEntry =
  | Readonly<{ kind: "item"; label: string; icon?: ReactNode; onSelect: () => void }>
  /** Stays open when ticked, because people tick several. */
  | Readonly<{
      kind: "check";
      label: string;
      checked: boolean;
      disabled?: boolean;
      onChange: (checked: boolean) => void;
    }>
  | Readonly<{ kind: "label"; text: ReactNode }>
  | Readonly<{ kind: "divider" }>;

export type DropdownMenuProps = Readonly<{
  /** The button that opens the menu. */
  trigger: ReactElement<ButtonProps>;
  entries: readonly MenuEntry[];
  align?: "start" | "end";
}>;

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
