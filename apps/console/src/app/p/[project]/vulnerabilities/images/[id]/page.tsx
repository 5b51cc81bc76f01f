import { Button } from "@rampart/ui/button";
import { formatBytes, formatCounted } from "@rampart/ui/core/format";
import { Digest } from "@rampart/ui/digest";
import { RelativeTime } from "@rampart/ui/relative-time";
import { TabLinks } from "@rampart/ui/tab-links";
import type { ImageDetail } from "@rampart/inventory/contract";
import type { ResourceSummary } from "@rampart/vulnerabilities/contract";
import type { Metadata } from "next";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import { one, type PageSearch } from "#shell/list-search.ts";
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
import { HostsTab } from "./_parts/hosts-tab.tsx";
import { LayersTab } from "./_parts/layers-tab.tsx";
import { SecretsTab } from "./_parts/secrets-tab.tsx";

type Props = Readonly<{ params: Promise<{ project: string; id: string }>; searchParams: Promise<PageSearch> }>;

async function read(
  params: Props["params"],
): Promise<Readonly<{ open: OpenProject; image: ImageDetail; path: string }>> {
  const { project, id: encoded } = await params;
  const open = await openProject(project);
  const id = decodeURIComponent(encoded);
  const image = await answered(open.api.inventory.getImage({ project, id }));
  return { open, image, path: `${open.base}/vulnerabilities/images/${encodeURIComponent(id)}` };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read(params)).image.name };
}

export default async function ImagePage({ params, searchParams }: Props) {
  const { open, image, path } = await read(params);
  const search = await searchParams;
  const asked = { project: open.project, resourceKind: "image" } as const;
  const [[summary], leftOut] = await answered(
    Promise.all([
      open.api.vulnerabilities.listResourceSummaries({ ...asked, resourceIds: [image.id] }),
      open.api.vulnerabilities.listLeftOut({ ...asked, resourceId: image.id }),
    ]),
  );
  return (
    <>
      <Live project={open.project} topics={["inventory.", "vulnerabilities."]} />
      {/* What happens while the page is on its way to the browser is not heard by it. */}
      <RefreshWhile waiting={image.scanState !== "failed" && summary === undefined} />
      <ResourceHeader
        title={image.name}
        kind="Image"
        back={{ href: `${open.base}/vulnerabilities/images`, label: "Images" }}
        facts={factsOf(image)}
        actions={
          <>
            <Button asChild>
              <Link href={`${open.base}/inventory/containers?q=${encodeURIComponent(`image:"${image.name}"`)}`}>
                {formatCounted(image.containerCount, "container")}
              </Link>
            </Button>
            {image.scannedAt !== null && <SbomMenu project={open.project} kind="images" id={image.id} />}
          </>
        }
      />
      {summary !== undefined && (
        <VerdictBar
          summary={summary}
          complete={image.complete}
          href={(severity) => `${path}?q=severity:${severity}`}
          policyHref={`${open.base}/vulnerabilities/policy`}
        />
      )}
      <WarningList
        warnings={[...cautionsOf({ os: image.osRelease, summary, leftOut, now: new Date() }), ...image.warnings]}
      />
      <ImageTabs open={open} image={image} path={path} search={search} summary={summary} />
    </>
  );
}

function factsOf(image: ImageDetail) {
  return [
    ["Digest", <Digest key="digest" value={image.digest} />],
    ["Distribution", image.os === null ? "none" : `${image.os}${image.osSupported ? "" : " (unsupported)"}`],
    ["Size", formatBytes(image.sizeBytes)],
    ["Runs as", image.config.user === undefined || image.config.user === "" ? "root" : image.config.user],
    ["First seen", <RelativeTime key="first" at={image.firstSeenAt} />],
    ["Inspected", <RelativeTime key="scanned" at={image.scannedAt} missing="not yet" />],
    ...(image.tags.length > 1 ? [["Also tagged", image.tags.slice(1).join(", ")] as const] : []),
  ] as const;
}

const tabs = ["vulnerabilities", "layers", "packages", "secrets", "labels", "hosts", "history"] as const;

type ImageTabsProps = Readonly<{
  open: OpenProject;
  image: ImageDetail;
  path: string;
  search: PageSearch;
  summary: ResourceSummary | undefined;
}>;

function ImageTabs({ open, image, path, search, summary }: ImageTabsProps) {
  const current = tabs.find((tab) => tab === one(search["tab"])) ?? "vulnerabilities";
  const counts: Partial<Record<(typeof tabs)[number], number>> = {
    ...(summary !== undefined && { vulnerabilities: summary.total }),
    layers: image.layers.length,
    packages: image.packageCount,
    secrets: image.secrets.length,
    labels: Object.keys(image.labels).length,
    hosts: image.hostCount,
  };
  const shared = { open, search, resourceKind: "image", resourceId: image.id, path } as const;
  return (
    <>
      <TabLinks
        label="Image"
        tabs={tabs.map((tab) => ({
          href: tab === "vulnerabilities" ? path : `${path}?tab=${tab}`,
          label: tab.charAt(0).toUpperCase() + tab.slice(1),
          current: tab === current,
          ...(counts[tab] !== undefined && { count: counts[tab] }),
        }))}
      />
      {current === "vulnerabilities" && <FindingTab {...shared} whenEmpty={emptyWords(image, summary)} />}
      {current === "layers" && <LayersTab image={image} path={path} />}
      {current === "packages" && <PackageTab {...shared} />}
      {current === "secrets" && <SecretsTab image={image} />}
      {current === "labels" && <LabelList labels={image.labels} />}
      {current === "hosts" && <HostsTab image={image} base={open.base} />}
      {current === "history" && <HistoryTab {...shared} />}
    </>
  );
}

function emptyWords(image: ImageDetail, summary: ResourceSummary | undefined): string {
  if (image.scanState === "pending") return "The image waits for its inspection";
  if (image.scanState === "failed") return "The image could not be inspected, so its flaws are not known";
  return image.complete && summary?.unsupportedOs !== true
    ? "No known flaws in its packages"
    : "No flaws known in what could be judged; parts of it could not";
}
