import type { ReactNode } from "react";

type ErrorStateProps = Readonly<{
  /** What failed. */
  title: string;
  /** What to do about it. */
  advice: ReactNode;
  /** What to quote when asking for help. */
  code?: string | undefined;
  action?: ReactNode;
}>;

export function ErrorState({ title, advice, code, action }: ErrorStateProps) {
  return (
    <div role="alert" className="grid content-start justify-items-start gap-2 rounded-lg border bg-surface p-6">
      <h1 className="text-base font-medium text-bad">
        <span aria-hidden>◆ </span>
        {title}
      </h1>
      <div className="max-w-prose text-sm text-ink-muted">{advice}</div>
      {code !== undefined && (
        <p className="text-xs text-ink-subtle">
          Quote <code className="font-mono text-ink">{code}</code> when you ask for help.
        </p>
      )}
      {action !== undefined && <div className="mt-2">{action}</div>}
    </div>
  );
}
