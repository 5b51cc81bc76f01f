import { Button } from "@rampart/ui/button";
import { formatCount } from "@rampart/ui/core/format";
import { KeyValue } from "@rampart/ui/key-value";
import { PreviewSheet } from "@rampart/ui/preview-sheet";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBars } from "@rampart/ui/stacked-bars";
import Link from "next/link";
import type { OpenProject } from "#shell/open-project.ts";
import { isUuid } from "#shell/list-search.ts";
import { noneWhenGone } from "./image-preview.tsx";
import { LabelList } from "./label-list.tsx";
import { SummaryVerdict } from "./summary-cells.tsx";

export async function HostPreview({ open, id }: Readonly<{ open: OpenProject; id: string }>) {
  const { api, project, base } = open;
  if (!isUuid(id)) return null;
  const host = await api.inventory.getHost({ project, id }).catch(noneWhenGone);
  if (host === null) return null;
  const [summary] = await api.vulnerabilities.listResourceSummaries({
    project,
    resourceKind: "host",
    resourceIds: [id],
  });
  const href = `${base}/vulnerabilities/hosts/${id}`;
  return (
    <PreviewSheet title={host.hostname}>
      <div className="grid gap-5">
        {summary !== undefined && (
          <>
            <SeverityBars
              counts={summary.counts}
              label="Findings by severity"
              href={(severity) => `${href}?q=severity:${severity}`}
            />
            <KeyValue
              facts={[
                ["Policy", <SummaryVerdict key="verdict" summary={summary} complete={host.complete} />],
                ["Decided by", summary.ruleName ?? "no rule fits"],
              ]}
            />
          </>
        )}
        <KeyValue
          facts={[
            ["Distribution", host.os ?? "unknown"],
            ["Kernel", host.kernel],
            ["Architecture", host.architecture],
            ["Packages", formatCount(host.packageCount)],
            ["Images", formatCount(host.imageCount)],
            ["Containers", formatCount(host.containerCount)],
            ["Last seen", <RelativeTime key="seen" at={host.lastSeenAt} />],
          ]}
        />
        <LabelList labels={host.labels} />
        <Button asChild kind="primary">
          <Link href={href}>Open the host</Link>
        </Button>
      </div>
    </PreviewSheet>
  );
}
