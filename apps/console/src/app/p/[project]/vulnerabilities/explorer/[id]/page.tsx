import { Badge } from "@rampart/ui/badge";
import { formatChance, formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { Pager } from "@rampart/ui/pager";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import type { CveKnowledge, TopCveRow } from "@rampart/vulnerabilities/contract";
import type { Metadata } from "next";
import { answered } from "#shell/answered.ts";
import { type PageSearch, readListSearch } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { ImpactedTable } from "../_parts/impacted-table.tsx";
import { ResourceHeader } from "../../../_lists/resource-header.tsx";

type Props = Readonly<{ params: Promise<{ project: string; id: string }>; searchParams: Promise<PageSearch> }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) };
}

export default async function CvePage({ params, searchParams }: Props) {
  const { project, id } = await params;
  const open = await openProject(project);
  const cve = decodeURIComponent(id);
  const search = readListSearch(await searchParams, {
    fields: [],
    sorts: ["risk"],
    defaultSort: { key: "risk", reverse: true },
  });
  const { offset, limit } = search;
  const [impacted, top, known] = await Promise.all([
    answered(open.api.vulnerabilities.listImpacted({ project, cve, offset, limit })),
    answered(open.api.vulnerabilities.listTopCves({ project, search: cve, limit: 5 })),
    answered(open.api.vulnerabilities.findCves({ project, id: cve, limit: 5 })),
  ]);
  const path = `${open.base}/vulnerabilities/explorer/${encodeURIComponent(cve)}`;
  const here = top.rows.find((row) => row.cve === cve);
  const knowledge = known.find((entry) => entry.cve === cve);
  const summary = here?.summary || knowledge?.summary;
  return (
    <>
      <Live project={project} topics={["vulnerabilities."]} />
      <ResourceHeader
        title={cve}
        kind="CVE"
        back={{ href: `${open.base}/vulnerabilities/explorer`, label: "Vulnerability explorer" }}
        facts={factsOf(here, knowledge)}
      />
      {summary !== undefined && summary !== "" && <p className="max-w-prose text-base">{summary}</p>}
      <h2 className="text-base font-semibold">{formatCounted(impacted.total, "impacted resource")}</h2>
      <ImpactedTable
        rows={impacted.rows}
        base={open.base}
        empty={<EmptyState title="Nothing in this project is impacted" />}
      />
      <Pager
        path={path}
        search={search.text}
        offset={offset}
        limit={limit}
        shown={impacted.rows.length}
        total={impacted.total}
      />
    </>
  );
}

/** What this project knows of the flaw comes first, then what is published. */
function factsOf(here: TopCveRow | undefined, knowledge: CveKnowledge | undefined) {
  const published = <RelativeTime key="published" at={knowledge?.publishedAt} missing="unknown" />;
  const known = knowledge ?? notRated;
  if (here === undefined) return [...ratingOf(known), ["Published", published]] as const;
  const severity = <SeverityBadge key="severity" severity={here.severity} />;
  return [
    ["Severity", severity],
    ["Risk", `${here.riskScore.toFixed(0)} of 100`],
    ...ratingOf({ ...here, cvss: here.cvss ?? known.cvss, epss: here.epss ?? known.epss }),
    ["Fix", here.fixable ? "available" : "none known"],
    ["Published", published],
  ] as const;
}

type Rating = Pick<CveKnowledge, "cvss" | "epss" | "knownExploited">;
const notRated: Rating = { cvss: null, epss: null, knownExploited: false };

function ratingOf({ cvss, epss, knownExploited }: Rating) {
  const exploited = (
    <Badge key="kev" tone="bad">
      in the wild
    </Badge>
  );
  return [
    ["CVSS", cvss === null ? "not scored" : cvss.toFixed(1)],
    ["EPSS", epss === null ? "not rated" : formatChance(epss)],
    ["Exploited", knownExploited ? exploited : "not known"],
  ] as const;
}
