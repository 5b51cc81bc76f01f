import { classNames } from "./core/class-names.ts";

export function Skeleton({ className }: Readonly<{ className?: string }>) {
  return <div aria-hidden className={classNames("animate-pulse-soft rounded-sm bg-hover", className)} />;
}

/** The layout of a table page while its rows are read. Shown after a moment only, so that fast answers do not flicker. */
export function TableSkeleton({ rows = 12 }: Readonly<{ rows?: number }>) {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4 animate-reveal opacity-0">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-8 w-full" />
      <div className="overflow-hidden rounded-lg border bg-surface">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex h-(--row) items-center gap-6 border-b px-3 last:border-b-0">
            <Skeleton className="h-3 w-1/3" />
            <Skeleton className="h-3 w-24" />
            <Skeleton className="h-3 w-40" />
            <Skeleton className="ml-auto h-3 w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}
