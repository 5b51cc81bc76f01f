import type { ReactElement, ReactNode } from "react";
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
