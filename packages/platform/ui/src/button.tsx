import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./core/class-names.ts";

const look = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border text-sm font-medium whitespace-nowrap select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      kind: {
        primary: "border-transparent bg-accent-fill text-on-accent hover:bg-accent-fill-hover",
        plain: "border-line bg-surface text-ink hover:bg-hover",
        quiet: "border-transparent text-ink-muted hover:bg-hover hover:text-ink",
        danger: "border-line bg-surface text-bad hover:bg-bad-soft",
      },
      size: { sm: "h-7 px-2", md: "h-8 px-3", icon: "size-8" },
    },
    defaultVariants: { kind: "plain", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> & VariantProps<typeof look> & { asChild?: boolean };

/** A verb that can be pressed. `asChild` gives its look to the one child, such as a link. */
export function Button({ kind, size, asChild = false, className, ...rest }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button";
  return (
    <Element
      {...(!asChild && { type: "button" as const })}
      className={classNames(look({ kind, size }), className)}
      {...rest}
    />
  );
}
