import type { IntelligenceStatus } from "@rampart/vulnerabilities/contract";
import { Badge } from "@rampart/ui/badge";
import { Card } from "@rampart/ui/card";
import { formatBytes, formatCount } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { PageHeader } from "@rampart/ui/page-header";
import { RelativeTime } from "@rampart/ui/relative-time";
import type { Metadata } from "next";
import { answered } from "#shell/answered.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { ImportForm } from "./_parts/import-form.tsx";

export const metadata: Metadata = { title: "Intelligence" };

type Props = Readonly<{ params: Promise<{ project: string }> }>;

export default async function IntelligencePage({ params }: Props) {
  const open = await openProject((await params).project);
  const status = await answered(open.api.vulnerabilities.intelligence({ project: open.project }));
  return (
    <>
      <Live project={open.project} topics={["vulnerabilities.advisories-changed"]} />
      <PageHeader
        title="Intelligence"
        summary={
          <>
            {formatCount(status.advisories)} advisories on {formatCount(status.packages)} packages,{" "}
            {formatCount(status.cves)} CVEs; last import <RelativeTime at={status.lastImportAt} />
          </>
        }
      />
      {status.onlyStarter && <OnlyStarter />}
      <Card title="Import advisories">
        <ImportForm
          mayWrite={open.can("operations.write") || open.can("vulnerabilities.write")}
          project={open.project}
        />
      </Card>
      <Card title="What is loaded" flush>
        <Sources sources={status.sources} />
      </Card>
    </>
  );
}

function OnlyStarter() {
  return (
    <p className="rounded-lg border bg-warn-soft px-4 py-2.5 text-sm text-warn">
      <span aria-hidden>▲ </span>
      Only the built-in starter set is loaded: a few well-known flaws, so that a first look means something. A resource
      without findings is not known to be clean until full advisories are imported.
    </p>
  );
}

function Sources({ sources }: Readonly<Pick<IntelligenceStatus, "sources">>) {
  if (sources.length === 0) return <EmptyState compact title="No advisories are loaded" />;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Loaded files">
      <table className="w-full text-sm">
        <thead className="text-left text-xs text-ink-subtle">
          <tr>
            {["File", "Kind", "Records", "Packages", "Size", "Data as of", "Imported"].map((header) => (
              <th key={header} scope="col" className="h-8 border-b px-4 font-medium whitespace-nowrap">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.file} className="h-(--row) border-b last:border-b-0">
              <th scope="row" className="px-4 py-1 text-left font-medium">
                {source.file} {source.isStarter && <Badge>starter set</Badge>}
                {source.problem !== null && (
                  <p className="text-xs font-normal text-bad">Last attempt refused: {source.problem}</p>
                )}
              </th>
              <td className="px-4">{source.kind}</td>
              <td className="px-4">{formatCount(source.records)}</td>
              <td className="px-4">{formatCount(source.packages)}</td>
              <td className="px-4 whitespace-nowrap">{formatBytes(source.sizeBytes)}</td>
              <td className="px-4">
                <RelativeTime at={source.dataAsOf} missing="not said" />
              </td>
              <td className="px-4">
                <RelativeTime at={source.importedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
