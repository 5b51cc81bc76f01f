import type { ContainerChanges } from "@rampart/inventory/contract";
import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { RelativeTime } from "@rampart/ui/relative-time";
import { TabLinks } from "@rampart/ui/tab-links";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { answered, permitted } from "#shell/answered.ts";
import { isUuid, one, type PageSearch } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { type OpenProject, openProject } from "#shell/open-project.ts";
import { containerHref } from "../../../_lists/container-list.ts";
import { changeWords } from "../../../_lists/change-words.ts";
import { LabelList } from "../../../_lists/label-list.tsx";
import { ResourceHeader } from "../../../_lists/resource-header.tsx";
import { WarningList } from "../../../_lists/warning-list.tsx";
import { AddedFindingsTab, type Judged, judgedSentence } from "./_parts/added-findings-tab.tsx";
import { ChangeTable } from "./_parts/change-table.tsx";
import { toChangeRow } from "./_parts/change-row.ts";
import { WrittenSecrets } from "./_parts/written-secrets.tsx";

type Props = Readonly<{ params: Promise<{ project: string; id: string }>; searchParams: Promise<PageSearch> }>;
type Asked = Readonly<{ project: string; hostId: string; containerId: string }>;
type Read = Readonly<{ open: OpenProject; asked: Asked; container: ContainerChanges }>;

/** The address names the host before the container: engines of two hosts may know the same id. */
async function read(params: Props["params"]): Promise<Read> {
  const { project, id } = await params;
  const open = await openProject(project);
  const [hostId = "", containerId = ""] = decodeURIComponent(id).split("~");
  if (!isUuid(hostId) || containerId === "") notFound();
  const asked = { project: open.project, hostId, containerId };
  return { open, asked, container: await answered(open.api.inventory.getContainerChanges(asked)) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read(params)).container.containerName };
}

export default async function ContainerPage({ params, searchParams }: Props) {
  const { open, asked, container } = await read(params);
  const judged = await permitted(open.api.vulnerabilities.judgeContainerChanges(asked));
  const { base } = open;
  const { counts } = container;
  return (
    <>
      <Live project={open.project} topics={["inventory.", "vulnerabilities."]} />
      <ResourceHeader
        title={container.containerName}
        kind="Container"
        back={{ href: `${base}/inventory/containers`, label: "Containers" }}
        facts={[
          ["Image", container.imageName],
          ["Host", container.hostname],
          ["Changed since its start", counts === null ? "no change seen" : changeWords(counts).join(", ")],
          ["First change seen", <RelativeTime key="first" at={counts?.firstSeenAt ?? null} missing="never" />],
          ["Last change reported", <RelativeTime key="last" at={counts?.reportedAt ?? null} missing="never" />],
        ]}
        actions={
          <>
            <Button asChild>
              <Link href={`${base}/vulnerabilities/images/${encodeURIComponent(container.imageId)}`}>Its image</Link>
            </Button>
            <Button asChild>
              <Link href={`${base}/vulnerabilities/hosts/${container.hostId}`}>Its host</Link>
            </Button>
          </>
        }
      />
      {container.packages.length > 0 && <p className="text-sm">{judgedSentence(judged)}</p>}
      <WarningList warnings={container.warnings} />
      <ContainerTabs base={base} container={container} judged={judged} search={await searchParams} />
    </>
  );
}

const tabs = ["changes", "findings", "secrets", "labels"] as const;

type ContainerTabsProps = Readonly<{ base: string; container: ContainerChanges; judged: Judged; search: PageSearch }>;

function ContainerTabs({ base, container, judged, search }: ContainerTabsProps) {
  const path = containerHref(base, { hostId: container.hostId, id: container.containerId });
  const current = tabs.find((tab) => tab === one(search["tab"])) ?? "changes";
  const counts: Partial<Record<(typeof tabs)[number], number>> = {
    changes: container.packages.length,
    ...(judged !== null && { findings: judged.findings.length }),
    secrets: container.secrets.length,
    labels: Object.keys(container.labels).length,
  };
  return (
    <>
      <TabLinks
        label="Container"
        tabs={tabs.map((tab) => ({
          href: tab === "changes" ? path : `${path}?tab=${tab}`,
          label: tab.charAt(0).toUpperCase() + tab.slice(1),
          current: tab === current,
          ...(counts[tab] !== undefined && { count: counts[tab] }),
        }))}
      />
      {current === "changes" && <Changes container={container} />}
      {current === "findings" && <AddedFindingsTab judged={judged} base={base} />}
      {current === "secrets" && <WrittenSecrets secrets={container.secrets} />}
      {current === "labels" && <LabelList labels={container.labels} />}
    </>
  );
}

/** Beyond it a table is no help to anybody; programs read the rest. */
const changesShownMax = 500;

function Changes({ container: { packages } }: Readonly<{ container: ContainerChanges }>) {
  return (
    <div className="grid gap-2">
      <ChangeTable rows={packages.slice(0, changesShownMax).map(toChangeRow)} />
      {packages.length > changesShownMax && (
        <p className="text-sm text-ink-subtle">
          The first {changesShownMax} of {formatCounted(packages.length, "change")}.
        </p>
      )}
    </div>
  );
}
