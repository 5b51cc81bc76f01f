import type { Page, Severity } from "@rampart/kernel";
import type { FindingRow, FindingState, ResourceKind } from "@rampart/vulnerabilities/contract";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { severitiesWorstFirst } from "@rampart/ui/core/severity-look";
import { given, type ListSearch, one, type PageSearch, readListSearch, yesNo } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { useStates } from "./package-list.ts";

// Written out, so that a browser need not load the schemas of the contract for four words.
const states = ["fixed", "affected", "pending", "will-not-fix"] as const satisfies readonly FindingState[];

/** What the list is asked for by each of the words. */
const useWords: Readonly<Record<string, boolean | null>> = { used: true, "not-seen": false, unknown: null };
const inUseOf = (word: string | undefined): boolean | null | undefined => (word === undefined ? word : useWords[word]);

export const findingFields: readonly FilterField[] = [
  { name: "severity", hint: "of this severity; several are alternatives", values: severitiesWorstFirst },
  { name: "fix", hint: "a fixed version exists", values: ["yes", "no"] },
  { name: "state", hint: "what the vendor says", values: states },
  { name: "exploited", hint: "known to be exploited in the wild", values: ["yes", "no"] },
  { name: "use", hint: "whether a process was seen using the package", values: useStates },
  { name: "package", hint: "exact name of the package" },
  { name: "cve", hint: "exact id" },
  { name: "layer", hint: "number of the layer, from 0" },
  { name: "verdict", hint: "what the policy says", values: ["ignore", "alert", "block"] },
];

export const findingSorts = ["risk", "severity", "cve", "package", "firstSeen", "epss", "cvss"] as const;
export type FindingSort = (typeof findingSorts)[number];
export const findingDefaultSort = { key: "risk", reverse: true } as const;

export function readFindingSearch(search: PageSearch): ListSearch<FindingSort> {
  return readListSearch<FindingSort>(search, {
    fields: findingFields,
    sorts: findingSorts,
    defaultSort: findingDefaultSort,
  });
}

/** These are asked for worst or newest first; the table's arrow counts the other way round. */
const worstFirst: ReadonlySet<FindingSort> = new Set(["risk", "severity", "firstSeen", "epss", "cvss"]);

export type FindingPlace = Readonly<{ resourceKind?: ResourceKind; resourceId?: string }>;

export async function readFindingRows(
  { api, project }: OpenProject,
  search: ListSearch<FindingSort>,
  place: FindingPlace,
): Promise<Page<FindingRow>> {
  const { fields, text } = search.filter;
  const { sort, reverse, offset, limit } = search;
  return api.vulnerabilities.listFindings({
    project,
    ...place,
    sort,
    reverse: worstFirst.has(sort) ? !reverse : reverse,
    offset,
    limit,
    ...given({
      search: text,
      severities: fields["severity"]?.filter((word): word is Severity =>
        severitiesWorstFirst.some((known) => known === word),
      ),
      fixable: yesNo(fields["fix"]),
      knownExploited: yesNo(fields["exploited"]),
      inUse: inUseOf(one(fields["use"] && [...fields["use"]])),
      packageName: one(fields["package"] && [...fields["package"]]),
      cve: one(fields["cve"] && [...fields["cve"]]),
      layer: readLayer(fields["layer"]?.[0]),
      effect: readEffect(fields["verdict"]?.[0]),
      state: states.find((state) => state === fields["state"]?.[0]),
    }),
  });
}

function readLayer(word: string | undefined): number | undefined {
  const layer = Number(word);
  return word !== undefined && Number.isInteger(layer) && layer >= 0 ? layer : undefined;
}

function readEffect(word: string | undefined): "ignore" | "alert" | "block" | undefined {
  return word === "ignore" || word === "alert" || word === "block" ? word : undefined;
}
