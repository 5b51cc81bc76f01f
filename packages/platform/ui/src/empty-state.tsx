import type { ReactNode } from "react";
import { classNames } from "./core/class-names.ts";

type EmptyStateProps = Readonly<{
  /** Why there is nothing, in a sentence. */
  title: string;
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  /** Inside a card there is less room, and other cards beside it. */
  compact?: boolean;
  /** The title is the heading of the whole page. */
  isPage?: boolean;
}>;

export function EmptyState({ title, children, action, compact = false, isPage = false }: EmptyStateProps) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className={classNames("grid justify-items-center gap-2 px-6 text-center", compact ? "py-6" : "py-14")}>
      <Title className={compact ? "text-sm text-ink-muted" : "text-base font-medium"}>{title}</Title>
      {children !== undefined && <div className="max-w-prose text-sm text-ink-muted">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}
