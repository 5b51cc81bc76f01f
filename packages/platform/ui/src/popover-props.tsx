import type { ReactElement, ReactNode } from "react";
import type { ButtonProps } from "./button.tsx";

export type PopoverProps = Readonly<{
  label: string;
  trigger: ReactElement<ButtonProps>;
  children: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}>;
