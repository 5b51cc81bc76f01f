import type { Page } from "@rampart/kernel";
import type { ResourceKind, ResourceSummary } from "@rampart/vulnerabilities/contract";
import type { Filter, FilterField } from "@rampart/ui/core/filter-words";
import { severitiesWorstFirst } from "@rampart/ui/core/severity-look";
import type { OpenProject } from "#shell/open-project.ts";
import { given, type ListSearch, yesNo } from "#shell/list-search.ts";

export type WithSummary<Row> = Row & Readonly<{ summary: ResourceSummary | null }>;

export type RiskRows<Row> = Page<WithSummary<Row>> &
  Readonly<{
    /** Only this many of the riskiest were looked at, because the project has more than one question may carry. */
    riskiestOnly: number | null;
  }>;

/** Words that every list of resources with findings understands. */
export const riskFields: readonly FilterField[] = [
  { name: "severity", hint: "has findings of this severity", values: severitiesWorstFirst },
  { name: "worst", hint: "its worst finding is of this severity", values: severitiesWorstFirst },
  { name: "fix", hint: "has findings with a fixed version", values: ["yes", "no"] },
  { name: "exploited", hint: "has findings that are exploited in the wild", values: ["yes", "no"] },
  { name: "verdict", hint: "what the policy says", values: ["ignore", "alert", "block"] },
];

/** Most resources that are ranked by risk at once: one page of any list. */
const rankedMax = 250;

type Source<Row, SortKey extends string> = Readonly<{
  kind: ResourceKind;
  idOf: (row: Row) => string;
  /** One page of the inventory; with `ids` only of those. */
  list: (
    asked: Readonly<{ ids?: readonly string[]; sort?: SortKey; reverse?: boolean; offset: number; limit: number }>,
  ) => Promise<Page<Row>>;
  /** The value by which rows are sorted, when they have to be sorted here. */
  sortValue: (row: Row, sort: SortKey) => string | number;
}>;

/**
 * Rows of the inventory with what is known about their flaws. The two are kept by different areas, so a view that
 * ranks or filters by flaws joins them here; a plain view pages through the inventory itself.
 */
export async function listRiskRows<Row, SortKey extends string>(
  { api, project }: OpenProject,
  search: ListSearch<SortKey | "risk">,
  source: Source<Row, SortKey>,
): Promise<RiskRows<Row>> {
  const withSummaries = async (rows: readonly Row[]): Promise<readonly WithSummary<Row>[]> => {
    if (rows.length === 0) return [];
    const resourceIds = rows.map(source.idOf);
    const summaries = await api.vulnerabilities.listResourceSummaries({
      project,
      resourceKind: source.kind,
      resourceIds,
    });
    const byId = new Map(summaries.map((summary) => [summary.resourceId, summary]));
    return rows.map((row) => ({ ...row, summary: byId.get(source.idOf(row)) ?? null }));
  };

  const { sort } = search;
  if (sort !== "risk" && !asksForFlaws(search.filter)) {
    const page = await source.list({ sort, reverse: search.reverse, offset: search.offset, limit: search.limit });
    return { rows: await withSummaries(page.rows), total: page.total, riskiestOnly: null };
  }

  const all = await source.list({ offset: 0, limit: rankedMax });
  const complete = all.total <= rankedMax;
  const rows = complete ? all.rows : await riskiest();
  const matching = (await withSummaries(rows)).filter((row) => hasFlaws(row.summary, search.filter));
  const sorted = matching.toSorted((left, right) => compare(left, right, search.reverse));
  return {
    rows: sorted.slice(search.offset, search.offset + search.limit),
    total: sorted.length,
    riskiestOnly: complete ? null : rankedMax,
  };

  async function riskiest(): Promise<readonly Row[]> {
    const ranked = await api.vulnerabilities.listRiskiestResources({
      project,
      resourceKind: source.kind,
      limit: rankedMax,
    });
    return (await source.list({ ids: ranked.map(({ resourceId }) => resourceId), offset: 0, limit: rankedMax })).rows;
  }

  function compare(left: WithSummary<Row>, right: WithSummary<Row>, reverse: boolean): number {
    const value = (row: WithSummary<Row>) =>
      sort === "risk" ? (row.summary?.riskScore ?? -1) : source.sortValue(row, sort);
    const [first, second] = [value(left), value(right)];
    const order =
      typeof first === "number" && typeof second === "number"
        ? first - second
        : String(first).localeCompare(String(second));
    return order === 0 ? source.idOf(left).localeCompare(source.idOf(right)) : reverse ? -order : order;
  }
}

function asksForFlaws({ fields }: Pick<Filter, "fields">): boolean {
  return riskFields.some(({ name }) => fields[name] !== undefined);
}

/** Several values of one word are alternatives; different words must all hold. */
function hasFlaws(summary: ResourceSummary | null, { fields }: Filter): boolean {
  if (!asksForFlaws({ fields })) return true;
  if (summary === null) return false;
  const wanted = given({ fix: yesNo(fields["fix"]), exploited: yesNo(fields["exploited"]) });
  const has = severitiesWorstFirst.filter((word) => summary.counts[word] > 0);
  const isAmong = (asked: readonly string[] | undefined, words: readonly string[]): boolean =>
    asked === undefined || words.some((word) => asked.includes(word));
  return (
    isAmong(fields["severity"], has) &&
    isAmong(fields["worst"], has.slice(0, 1)) &&
    isAmong(fields["verdict"], [summary.effect]) &&
    (wanted.fix === undefined || wanted.fix === summary.fixable > 0) &&
    (wanted.exploited === undefined || wanted.exploited === summary.knownExploited > 0)
  );
}
