import Link from "next/link";
import { classNames } from "./core/class-names.ts";
import { formatCount } from "./core/format.ts";

export type TabLink = Readonly<{ href: string; label: string; current: boolean; count?: number }>;

/** Tabs are links, so that a tab has an address. */
export function TabLinks({ label, tabs }: Readonly<{ label: string; tabs: readonly TabLink[] }>) {
  return (
    <nav aria-label={label} className="flex gap-1 overflow-x-auto border-b">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? "page" : undefined}
          className={classNames(
            "-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2.5 text-sm whitespace-nowrap text-ink-muted hover:text-ink focus-visible:-outline-offset-2",
            tab.current && "border-accent font-medium text-ink",
          )}
        >
          {tab.label}
          {tab.count !== undefined && <span className="text-xs text-ink-subtle">{formatCount(tab.count)}</span>}
        </Link>
      ))}
    </nav>
  );
}
