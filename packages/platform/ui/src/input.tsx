import type { ComponentProps } from "react";
import { classNames } from "./core/class-names.ts";

export const inputLook =
  "h-8 w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-bad";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(inputLook, className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea className={classNames(inputLook, "h-auto min-h-24 py-1.5 font-mono text-xs", className)} {...rest} />
  );
}
