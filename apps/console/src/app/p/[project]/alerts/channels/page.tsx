import { EmptyState } from "@rampart/ui/empty-state";
import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { PageHeader } from "@rampart/ui/page-header";
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { ChannelTable } from "./_parts/channel-table.tsx";

export const metadata: Metadata = { title: "Channels" };

type Props = Readonly<{ params: Promise<{ project: string }> }>;

export default async function ChannelsPage({ params }: Props) {
  const open = await openProject((await params).project);
  const channels = await answered(open.api.alerts.listChannels({ project: open.project }));
  const add = <AddButton href={`${open.base}/alerts/channels/new`} mayWrite={open.can("alerts.write")} />;
  return (
    <>
      <Live project={open.project} topics={["alerts.", "vulnerabilities.rules-violated"]} />
      <PageHeader title="Channels" summary={formatCounted(channels.length, "channel")}>
        {add}
      </PageHeader>
      <ChannelTable
        rows={channels}
        base={open.base}
        empty={
          <EmptyState title="Alerts have nowhere to go yet" action={add}>
            A channel is a place that hears about violations, such as the syslog input of a SIEM.
          </EmptyState>
        }
      />
    </>
  );
}

function AddButton({ href, mayWrite }: Readonly<{ href: string; mayWrite: boolean }>) {
  if (!mayWrite) {
    return (
      <Button
        kind="primary"
        disabled
        title="Adding channels needs the right to write alerts. A tenant administrator can give it."
      >
        <Plus aria-hidden /> Add channel
      </Button>
    );
  }
  return (
    <Button kind="primary" asChild>
      <Link href={href}>
        <Plus aria-hidden /> Add channel
      </Link>
    </Button>
  );
}
