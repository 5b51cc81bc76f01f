import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { formatCount } from "./core/format.ts";
import { changeSearch } from "./core/search-text.ts";

type PagerProps = Readonly<{
  path: string;
  /** The query string of the page as it is now. */
  search: string;
  offset: number;
  limit: number;
  shown: number;
  total: number;
}>;

/** "51–100 of 1,204" with a step in both directions; nothing to press when there is one page. */
export function Pager({ path, search, offset, limit, shown, total }: PagerProps) {
  const to = (next: number) => path + changeSearch(search, { offset: next === 0 ? null : next, open: null });
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 text-sm text-ink-muted">
      <p>
        {shown === 0 ? "No rows" : `${formatCount(offset + 1)}–${formatCount(offset + shown)} of ${formatCount(total)}`}
      </p>
      {total > limit && (
        <div className="flex gap-1">
          <Step href={offset > 0 ? to(Math.max(0, offset - limit)) : null} label="Previous page">
            <ChevronLeft aria-hidden />
          </Step>
          <Step href={offset + shown < total ? to(offset + limit) : null} label="Next page">
            <ChevronRight aria-hidden />
          </Step>
        </div>
      )}
    </nav>
  );
}

function Step({ href, label, children }: Readonly<{ href: string | null; label: string; children: ReactNode }>) {
  if (href === null) {
    return (
      <Button size="icon" disabled aria-label={label}>
        {children}
      </Button>
    );
  }
  return (
    <Button size="icon" asChild>
      <Link href={href} scroll={false} aria-label={label}>
        {children}
      </Link>
    </Button>
  );
}
