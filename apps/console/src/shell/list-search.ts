import { type Filter, type FilterField, filterLengthMax, readFilter } from "@rampart/ui/core/filter-words";
import { readSort } from "@rampart/ui/core/search-text";

export type PageSearch = Readonly<Record<string, string | string[] | undefined>>;

/** What a table page shows, read from its address. Whatever is not understood falls back to the default. */
export type ListSearch<SortKey extends string> = Readonly<{
  typed: string;
  filter: Filter;
  sort: SortKey;
  reverse: boolean;
  offset: number;
  limit: number;
  /** Id of the row that is open beside the table. */
  open: string | undefined;
  /** The whole query string, for links that change a part of it. */
  text: string;
}>;

type Expected<SortKey extends string> = Readonly<{
  fields: readonly FilterField[];
  sorts: readonly SortKey[];
  defaultSort: Readonly<{ key: SortKey; reverse: boolean }>;
}>;

export const rowsPerPage = 50;
const rowsPerPageMax = 250;
const offsetMax = 10_000_000;
const openLengthMax = 256;

export function readListSearch<SortKey extends string>(
  search: PageSearch,
  expected: Expected<SortKey>,
): ListSearch<SortKey> {
  const typed = (one(search["q"]) ?? "").slice(0, filterLengthMax);
  const sort = readSort(one(search["sort"]));
  const key = expected.sorts.find((known) => known === sort?.key);
  return {
    typed,
    filter: readFilter(typed, expected.fields),
    sort: key ?? expected.defaultSort.key,
    reverse: key === undefined ? expected.defaultSort.reverse : sort?.reverse === true,
    offset: readInteger(search["offset"], { least: 0, most: offsetMax, otherwise: 0 }),
    limit: readInteger(search["limit"], { least: 1, most: rowsPerPageMax, otherwise: rowsPerPage }),
    open: one(search["open"])?.slice(0, openLengthMax),
    text: toSearchText(search),
  };
}

export function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

type Bounds = Readonly<{ least: number; most: number; otherwise: number }>;

function readInteger(value: string | string[] | undefined, { least, most, otherwise }: Bounds): number {
  const number = Number(one(value) ?? Number.NaN);
  return Number.isInteger(number) && number >= least && number <= most ? number : otherwise;
}

function toSearchText(search: PageSearch): string {
  const pairs = Object.entries(search).flatMap(([key, value]) => {
    const first = one(value);
    return first === undefined ? [] : [[key, first]];
  });
  return new URLSearchParams(pairs).toString();
}

/** "yes" and "no" as the API asks; absent when not filtered. */
export function yesNo(values: readonly string[] | undefined): boolean | undefined {
  const last = values?.at(-1);
  return last === undefined ? undefined : last === "yes";
}

/** The first label filter in the form that list procedures take. */
export function labelFilter(filter: Filter): string | undefined {
  const [first] = Object.entries(filter.labels);
  return first === undefined ? undefined : `${first[0]}=${first[1]}`;
}

/** Leaves out what is not asked, as exact optional properties demand. */
export function given<Values extends Record<string, unknown>>(
  values: Values,
): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  // The entries of `values` without the undefined ones are exactly what the return type says.
  return Object.fromEntries(kept) as { [Key in keyof Values]?: Exclude<Values[Key], undefined> };
}

/** Ids in addresses are asked for only when they can be ids at all. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
