import type { ReactNode } from "react";
import { classNames } from "./core/class-names.ts";

type CardProps = Readonly<{
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  flush?: boolean;
}>;

/** A titled region of a page. `flush` lets a table or list touch the borders. */
export function Card({ title, aside, children, className, flush = false }: CardProps) {
  return (
    <section aria-label={title} className={classNames("flex min-w-0 flex-col rounded-lg border bg-surface", className)}>
      {title !== undefined && (
        <header className="flex min-h-10 items-center justify-between gap-3 px-4 pt-2">
          <h2 className="text-sm font-semibold">{title}</h2>
          {aside}
        </header>
      )}
      <div className={classNames("min-w-0 flex-1", flush ? "pt-1" : "px-4 pt-1 pb-4")}>{children}</div>
    </section>
  );
}
