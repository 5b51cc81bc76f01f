import type { ComparisonStatus } from "@rampart/vulnerabilities/contract";
import { formatCount, formatCounted } from "@rampart/ui/core/format";
import { RelativeTime } from "@rampart/ui/relative-time";

/** Whether what the findings say is complete: one line for a page that speaks of the advisories. */
export function ComparedLine({ status }: Readonly<{ status: ComparisonStatus }>) {
  const { images, hosts, complete, dataFrom, round } = status;
  if (dataFrom === null) return <>No advisories have been imported yet.</>;
  if (images + hosts === 0) return <>No image and no host has been inspected yet.</>;
  if (!complete) return <Comparing round={round} />;
  const what = [images > 0 && formatCounted(images, "image"), hosts > 0 && formatCounted(hosts, "host")].filter(
    (text) => text !== false,
  );
  return (
    <>
      All {what.join(" and ")} are compared with the advisories of <RelativeTime at={dataFrom} />
      {round !== null &&
        round.failed > 0 &&
        `; ${formatCounted(round.failed, "comparison")} failed and will be tried again`}
      .
    </>
  );
}

function Comparing({ round }: Pick<ComparisonStatus, "round">) {
  if (round === null || round.finishedAt !== null) return <>New advisories are waiting to be compared.</>;
  return (
    <>
      Comparing with new advisories: {formatCount(round.done)} of {formatCount(round.resources)} done, begun{" "}
      <RelativeTime at={round.startedAt} />.
    </>
  );
}
