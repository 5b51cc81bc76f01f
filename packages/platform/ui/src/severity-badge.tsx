import type { Severity } from "@rampart/kernel";
import { classNames } from "./core/class-names.ts";
import { severityLook } from "./core/severity-look.ts";

export function SeverityBadge({ severity, className }: Readonly<{ severity: Severity; className?: string }>) {
  const { word, shape, text, soft } = severityLook[severity];
  return (
    <span
      className={classNames(
        "inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium",
        text,
        soft,
        className,
      )}
    >
      <span aria-hidden>{shape}</span>
      {word}
    </span>
  );
}
