import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { classNames } from "./core/class-names.ts";
import { inputLook } from "./input.tsx";

export type SelectOption = Readonly<{ value: string; label: string; disabled?: boolean }>;

type SelectProps = ComponentProps<"select"> & { options: readonly SelectOption[] };

/** The browser's own select: it works with every keyboard, screen reader and phone. */
export function Select({ options, className, ...rest }: SelectProps) {
  return (
    <span className={classNames("relative inline-flex", className)}>
      <select className={classNames(inputLook, "appearance-none pr-8")} {...rest}>
        {options.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2 right-2 size-4 text-ink-subtle" />
    </span>
  );
}
