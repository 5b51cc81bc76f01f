import type { ReactNode } from "react";

type PageHeaderProps = Readonly<{
  title: ReactNode;
  /** "1,204 images, 31 new today": the answer before the table. */
  summary?: ReactNode;
  /** Buttons at the right. */
  children?: ReactNode;
}>;

export function PageHeader({ title, summary, children }: PageHeaderProps) {
  return (
    <header className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
      <h1 className="text-xl font-semibold">{title}</h1>
      {summary !== undefined && <p className="text-sm text-ink-muted">{summary}</p>}
      {children !== undefined && <div className="ml-auto flex items-center gap-2">{children}</div>}
    </header>
  );
}
