import { staleAfterDays, type IntelligenceStatus } from "@rampart/vulnerabilities/contract";
import { Card } from "@rampart/ui/card";
import { formatCount, formatCounted } from "@rampart/ui/core/format";
import { PageHeader } from "@rampart/ui/page-header";
import { RelativeTime } from "@rampart/ui/relative-time";
import type { Metadata } from "next";
import { answered, permitted } from "#shell/answered.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { ComparedLine } from "./_parts/compared-line.tsx";
import { AcceptedCard } from "./_parts/accepted-card.tsx";
import { ImportForm } from "./_parts/import-form.tsx";
import { KeyList } from "./_parts/key-list.tsx";
import { LocationCard } from "./_parts/location-card.tsx";
import { OwnFlawsCard } from "./_parts/own-flaws-card.tsx";
import { SourceTable } from "./_parts/source-table.tsx";
import { isStale } from "./_parts/staleness.ts";

export const metadata: Metadata = { title: "Intelligence" };

type Props = Readonly<{ params: Promise<{ project: string }> }>;

export default async function IntelligencePage({ params }: Props) {
  const open = await openProject((await params).project);
  const { project } = open;
  const [status, comparison, own, accepted, setup] = await Promise.all([
    answered(open.api.vulnerabilities.intelligence({ project })),
    answered(open.api.vulnerabilities.comparison({ project })),
    answered(open.api.vulnerabilities.customVulnerabilities({ project })),
    answered(open.api.vulnerabilities.allowedCves({ project })),
    permitted(open.api.vulnerabilities.intelligenceSetup({ project })),
  ]);
  const mayOperate = open.can("operations.write");
  const mayWrite = open.can("vulnerabilities.write");
  const now = new Date();
  return (
    <>
      <Live project={project} topics={["vulnerabilities.advisories-changed"]} />
      <PageHeader
        title="Intelligence"
        summary={
          <>
            {formatCount(status.advisories)} advisories on {formatCount(status.packages)} packages,{" "}
            {formatCount(status.cves)} CVEs; last import <RelativeTime at={status.lastImportAt} />
          </>
        }
      />
      <p className="text-sm text-ink-muted">
        <ComparedLine status={comparison} />
      </p>
      {status.onlyStarter && <OnlyStarter />}
      <Stale sources={status.sources} now={now} />
      {setup !== null && <LocationCard project={project} locations={setup.locations} mayWrite={mayOperate} />}
      <Card title="Import once">
        <ImportForm mayWrite={mayOperate} project={project} />
      </Card>
      <Card title="What is loaded" flush>
        <SourceTable sources={status.sources} now={now} />
      </Card>
      <OwnFlawsCard project={project} list={own} mayWrite={mayWrite} />
      <AcceptedCard project={project} list={accepted} mayWrite={mayWrite} now={now.toISOString()} />
      {setup !== null && (
        <Card title="Whose bundles are trusted">
          <KeyList project={project} keys={setup.keys} mayWrite={mayOperate} />
        </Card>
      )}
    </>
  );
}

function OnlyStarter() {
  return (
    <Warning>
      Only the built-in starter set is loaded: a few well-known flaws, so that a first look means something. A resource
      without findings is not known to be clean until full advisories are imported.
    </Warning>
  );
}

function Stale({ sources, now }: Readonly<Pick<IntelligenceStatus, "sources"> & { now: Date }>) {
  const stale = sources.filter((source) => isStale(source, now));
  if (stale.length === 0) return null;
  return (
    <Warning>
      {formatCounted(stale.length, "source has", "sources have")} not been looked at for more than {staleAfterDays}{" "}
      days. Flaws that were published since are not found.
    </Warning>
  );
}

function Warning({ children }: Readonly<{ children: React.ReactNode }>) {
  return (
    <p className="rounded-lg border bg-warn-soft px-4 py-2.5 text-sm text-warn">
      <span aria-hidden>▲ </span>
      {children}
    </p>
  );
}
