import { Button } from "@rampart/ui/button";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { EmptyState } from "@rampart/ui/empty-state";
import { FilterBar } from "@rampart/ui/filter-bar";
import { Pager } from "@rampart/ui/pager";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ListSearch } from "./list-search.ts";

type FilteredListProps = Readonly<{
  /** Address of the page, without its query. */
  path: string;
  fields: readonly FilterField[];
  placeholder: string;
  search: ListSearch<string>;
  /** Rows on this page of the list, and in all of it. */
  shown: number;
  total: number;
  /** The table. */
  children: ReactNode;
}>;

/** A line of filter words, a table, and the steps between its pages: what every list has. */
export function FilteredList({ path, fields, placeholder, search, shown, total, children }: FilteredListProps) {
  return (
    <>
      <FilterBar fields={fields} value={search.typed} problems={search.filter.problems} placeholder={placeholder} />
      {children}
      <Pager path={path} search={search.text} offset={search.offset} limit={search.limit} shown={shown} total={total} />
    </>
  );
}

/** In place of a table whose rows are all filtered away. */
export function NoneFits({ noun, path }: Readonly<{ noun: string; path: string }>) {
  return (
    <EmptyState
      title={`No ${noun} fits the filter`}
      action={
        <Button asChild>
          <Link href={path}>Clear the filter</Link>
        </Button>
      }
    />
  );
}
