import type { HostDetail } from "@rampart/inventory/contract";
import { Button } from "@rampart/ui/button";
import { formatBytes, formatCounted } from "@rampart/ui/core/format";
import { KeyValue } from "@rampart/ui/key-value";
import { RelativeTime } from "@rampart/ui/relative-time";
import { TabLinks } from "@rampart/ui/tab-links";
import type { ResourceSummary } from "@rampart/vulnerabilities/contract";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { answered } from "#shell/answered.ts";
import { isUuid, one, type PageSearch } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { type OpenProject, openProject } from "#shell/open-project.ts";
import { RefreshWhile } from "#shell/refresh-while.tsx";
import { cautionsOf } from "../../../_lists/cautions-of.ts";
import { FindingTab } from "../../../_lists/finding-tab.tsx";
import { HistoryTab } from "../../../_lists/history-tab.tsx";
import { LabelList } from "../../../_lists/label-list.tsx";
import { PackageTab } from "../../../_lists/package-tab.tsx";
import { ResourceHeader, VerdictBar } from "../../../_lists/resource-header.tsx";
import { SbomMenu } from "../../../_lists/sbom-menu.tsx";
import { WarningList } from "../../../_lists/warning-list.tsx";

type Props = Readonly<{ params: Promise<{ project: string; id: string }>; searchParams: Promise<PageSearch> }>;

async function read(params: Props["params"]): Promise<Readonly<{ open: OpenProject; host: HostDetail; path: string }>> {
  const { project, id } = await params;
  const open = await openProject(project);
  if (!isUuid(id)) notFound();
  const host = await answered(open.api.inventory.getHost({ project, id }));
  return { open, host, path: `${open.base}/vulnerabilities/hosts/${id}` };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read(params)).host.hostname };
}

export default async function HostPage({ params, searchParams }: Props) {
  const { open, host, path } = await read(params);
  const search = await searchParams;
  const asked = { project: open.project, resourceKind: "host" } as const;
  const [[summary], leftOut] = await answered(
    Promise.all([
      open.api.vulnerabilities.listResourceSummaries({ ...asked, resourceIds: [host.id] }),
      open.api.vulnerabilities.listLeftOut({ ...asked, resourceId: host.id }),
    ]),
  );
  const onHost = encodeURIComponent(`host:"${host.hostname}"`);
  return (
    <>
      <Live project={open.project} topics={["inventory.", "vulnerabilities."]} />
      {/* What happens while the page is on its way to the browser is not heard by it. */}
      <RefreshWhile waiting={host.scanState !== "failed" && summary === undefined} />
      <ResourceHeader
        title={host.hostname}
        kind="Host"
        back={{ href: `${open.base}/vulnerabilities/hosts`, label: "Hosts" }}
        facts={[
          ["Distribution", `${host.os ?? "unknown"}${host.osSupported ? "" : " (unsupported)"}`],
          ["Kernel", host.kernel],
          ["Architecture", host.architecture],
          ["Engine", host.engine === null ? "none" : `${host.engine.kind} ${host.engine.version}`],
          ["Last seen", <RelativeTime key="seen" at={host.lastSeenAt} />],
        ]}
        actions={
          <>
            <Button asChild>
              <Link href={`${open.base}/vulnerabilities/images?q=${onHost}`}>
                {formatCounted(host.imageCount, "image")}
              </Link>
            </Button>
            <Button asChild>
              <Link href={`${open.base}/inventory/containers?q=${onHost}`}>
                {formatCounted(host.containerCount, "container")}
              </Link>
            </Button>
            {open.can("fleet.read") && (
              <Button asChild>
                <Link href={`${open.base}/manage/defenders/${host.id}`}>Its Defender</Link>
              </Button>
            )}
            {host.scannedAt !== null && <SbomMenu project={open.project} kind="hosts" id={host.id} />}
          </>
        }
      />
      {summary !== undefined && (
        <VerdictBar
          summary={summary}
          complete={host.complete}
          href={(severity) => `${path}?q=severity:${severity}`}
          policyHref={`${open.base}/vulnerabilities/policy?of=host`}
        />
      )}
      <WarningList
        warnings={[...cautionsOf({ os: host.osRelease, summary, leftOut, now: new Date() }), ...host.warnings]}
      />
      <HostTabs open={open} host={host} path={path} search={search} summary={summary} />
    </>
  );
}

const tabs = ["vulnerabilities", "packages", "machine", "labels", "history"] as const;

type HostTabsProps = Readonly<{
  open: OpenProject;
  host: HostDetail;
  path: string;
  search: PageSearch;
  summary: ResourceSummary | undefined;
}>;

function HostTabs({ open, host, path, search, summary }: HostTabsProps) {
  const current = tabs.find((tab) => tab === one(search["tab"])) ?? "vulnerabilities";
  const counts: Partial<Record<(typeof tabs)[number], number>> = {
    ...(summary !== undefined && { vulnerabilities: summary.total }),
    packages: host.packageCount,
    labels: Object.keys(host.labels).length,
  };
  const shared = { open, search, resourceKind: "host", resourceId: host.id, path } as const;
  return (
    <>
      <TabLinks
        label="Host"
        tabs={tabs.map((tab) => ({
          href: tab === "vulnerabilities" ? path : `${path}?tab=${tab}`,
          label: tab.charAt(0).toUpperCase() + tab.slice(1),
          current: tab === current,
          ...(counts[tab] !== undefined && { count: counts[tab] }),
        }))}
      />
      {current === "vulnerabilities" && <FindingTab {...shared} whenEmpty={emptyWords(host, summary)} />}
      {current === "packages" && <PackageTab {...shared} />}
      {current === "machine" && <Machine host={host} />}
      {current === "labels" && <LabelList labels={host.labels} />}
      {current === "history" && <HistoryTab {...shared} />}
    </>
  );
}

function Machine({ host: { machine } }: Readonly<{ host: HostDetail }>) {
  return (
    <div className="rounded-lg border bg-surface p-4">
      <KeyValue
        facts={[
          ["Full name", machine.fqdn ?? "unknown"],
          ["Processors", machine.cpuCount ?? "unknown"],
          ["Memory", machine.memoryBytes === undefined ? "unknown" : formatBytes(machine.memoryBytes)],
          ["Disk", diskText(machine)],
          ["Addresses", machine.addresses?.join(", ") ?? "unknown"],
          ["Started", <RelativeTime key="booted" at={machine.bootedAt} missing="unknown" />],
        ]}
      />
    </div>
  );
}

function diskText({ diskFreeBytes, diskTotalBytes }: HostDetail["machine"]): string {
  if (diskTotalBytes === undefined || diskFreeBytes === undefined) return "unknown";
  return `${formatBytes(diskFreeBytes)} free of ${formatBytes(diskTotalBytes)}`;
}

function emptyWords(host: HostDetail, summary: ResourceSummary | undefined): string {
  if (host.scanState === "pending") return "The packages of the host have not been read yet";
  if (host.scanState === "failed") return "The host could not be inspected, so its flaws are not known";
  return host.complete && summary?.unsupportedOs !== true
    ? "No known flaws in its packages"
    : "No flaws known in what could be judged; parts of it could not";
}
