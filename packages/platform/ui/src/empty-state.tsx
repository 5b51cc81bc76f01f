import type { ReactNode } from "react";

type EmptyStateProps = Readonly<{
  /** Why there is nothing, in a sentence. */
  title: string;
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
}>;

export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-2 px-6 py-14 text-center">
      <p className="text-base font-medium">{title}</p>
      {children !== undefined && <div className="max-w-prose text-sm text-ink-muted">{children}</div>}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}
