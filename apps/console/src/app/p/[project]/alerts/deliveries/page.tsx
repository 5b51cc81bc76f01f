import type { DeliveryRow } from "@rampart/alerts/contract";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { KeyValue } from "@rampart/ui/key-value";
import { PageHeader } from "@rampart/ui/page-header";
import { PreviewSheet } from "@rampart/ui/preview-sheet";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import type { Metadata } from "next";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
import type { PageSearch } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { deliveryFields, readDeliveryRows, readDeliverySearch } from "../../_lists/delivery-list.ts";
import { DeliveryTable } from "./_parts/delivery-table.tsx";
import { ResendButton } from "./_parts/resend-button.tsx";

export const metadata: Metadata = { title: "Deliveries" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const open = await openProject((await params).project);
  const search = readDeliverySearch(await searchParams);
  const [{ rows, total }, counts] = await Promise.all([
    answered(readDeliveryRows(open, search)),
    answered(open.api.alerts.countDeliveries({ project: open.project })),
  ]);
  const path = `${open.base}/alerts/deliveries`;
  const shown = rows.find(({ id }) => id === search.open);
  return (
    <>
      <Live project={open.project} topics={["alerts.", "vulnerabilities.rules-violated"]} />
      <PageHeader
        title="Deliveries"
        summary={`${formatCounted(total, "delivery", "deliveries")}; ${counts.queued + counts.sending} waiting, ${counts.failed} to be tried again, ${counts["given-up"]} given up`}
      />
      <FilteredList
        path={path}
        fields={deliveryFields}
        placeholder="state:given-up nginx"
        search={search}
        shown={rows.length}
        total={total}
      >
        <DeliveryTable
          rows={rows}
          base={open.base}
          empty={
            search.typed === "" ? (
              <EmptyState title="No alert has been sent yet">
                A delivery is made when a rule of a policy objects to something and a profile sends it to a channel.
              </EmptyState>
            ) : (
              <NoneFits noun="delivery" path={path} />
            )
          }
        />
      </FilteredList>
      {shown !== undefined && (
        <DeliveryPreview row={shown} project={open.project} mayWrite={open.can("alerts.write")} />
      )}
    </>
  );
}

type DeliveryPreviewProps = Readonly<{ row: DeliveryRow; project: string; mayWrite: boolean }>;

function DeliveryPreview({ row, project, mayWrite }: DeliveryPreviewProps) {
  return (
    <PreviewSheet title={`To ${row.channelName}`}>
      <div className="grid gap-5">
        <SeverityBadge severity={row.severity} className="justify-self-start" />
        <p className="text-sm">{row.sentence}</p>
        <KeyValue
          facts={[
            ["Profile", row.profileName],
            ["Sent because", row.because],
            ["Happened", <RelativeTime key="at" at={row.at} />],
            ["Sent", <RelativeTime key="sent" at={row.sentAt} missing="not yet" />],
            ["Attempts", row.attempts],
            ...(row.latencyMs === null ? [] : [["Took", `${row.latencyMs} ms from the fact to the receiver`] as const]),
            ...(row.nextAttemptAt === null
              ? []
              : [["Next attempt", <RelativeTime key="next" at={row.nextAttemptAt} />] as const]),
            ...(row.lastError === null ? [] : [["Last error", row.lastError] as const]),
            [
              "Labels",
              row.labels.length === 0
                ? "none of those declared"
                : row.labels.map(({ name, value }) => `${name}=${value}`).join(", "),
            ],
          ]}
        />
        {row.state === "given-up" && <ResendButton project={project} id={row.id} mayWrite={mayWrite} />}
      </div>
    </PreviewSheet>
  );
}
