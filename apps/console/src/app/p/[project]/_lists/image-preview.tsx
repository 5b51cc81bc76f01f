import { Button } from "@rampart/ui/button";
import { formatBytes, formatCount, formatCounted } from "@rampart/ui/core/format";
import { Digest } from "@rampart/ui/digest";
import { KeyValue } from "@rampart/ui/key-value";
import { PreviewSheet } from "@rampart/ui/preview-sheet";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBars } from "@rampart/ui/stacked-bars";
import { TRPCError } from "@trpc/server";
import Link from "next/link";
import type { OpenProject } from "#shell/open-project.ts";
import { LabelList } from "./label-list.tsx";
import { SummaryVerdict } from "./summary-cells.tsx";

/** A row that left while it was open simply closes. */
export async function ImagePreview({ open, id }: Readonly<{ open: OpenProject; id: string }>) {
  const { api, project, base } = open;
  const image = await api.inventory.getImage({ project, id }).catch(noneWhenGone);
  if (image === null) return null;
  const [summary] = await api.vulnerabilities.listResourceSummaries({
    project,
    resourceKind: "image",
    resourceIds: [id],
  });
  const href = `${base}/vulnerabilities/images/${encodeURIComponent(id)}`;
  return (
    <PreviewSheet title={image.name}>
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
                ["Policy", <SummaryVerdict key="verdict" summary={summary} complete={image.complete} />],
                ["Decided by", summary.ruleName ?? "no rule fits"],
                ["With a fix", formatCount(summary.fixable)],
                ["Exploited", formatCount(summary.knownExploited)],
              ]}
            />
          </>
        )}
        <KeyValue
          facts={[
            ["Digest", <Digest key="digest" value={image.digest} />],
            ["Distribution", image.os ?? "none"],
            ["Size", formatBytes(image.sizeBytes)],
            ["Packages", formatCount(image.packageCount)],
            [
              "Runs as",
              `${formatCounted(image.containerCount, "container")} on ${formatCounted(image.hostCount, "host")}`,
            ],
            ["First seen", <RelativeTime key="first" at={image.firstSeenAt} />],
            ["Inspected", <RelativeTime key="scanned" at={image.scannedAt} missing="not yet" />],
          ]}
        />
        <LabelList labels={image.labels} />
        <Button asChild kind="primary">
          <Link href={href}>Open the image</Link>
        </Button>
      </div>
    </PreviewSheet>
  );
}

export function noneWhenGone(error: unknown): null {
  if (error instanceof TRPCError && error.code === "NOT_FOUND") return null;
  throw error;
}
