import { Card } from "@rampart/ui/card";
import { KeyValue } from "@rampart/ui/key-value";
import { PageHeader } from "@rampart/ui/page-header";
import { RelativeTime } from "@rampart/ui/relative-time";
import type { ChannelView } from "@rampart/alerts/contract";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { answered } from "#shell/answered.ts";
import { isUuid } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { ChannelActions } from "./_parts/channel-actions.tsx";
import { ChannelForm } from "./_parts/channel-form.tsx";

export const metadata: Metadata = { title: "Channel" };

type Props = Readonly<{ params: Promise<{ project: string; id: string }> }>;

/** One channel; the id `new` is the form for one that does not exist yet. */
export default async function ChannelPage({ params }: Props) {
  const { project, id } = await params;
  const open = await openProject(project);
  if (id !== "new" && !isUuid(id)) notFound();
  const channel = id === "new" ? null : await answered(open.api.alerts.getChannel({ project, id }));
  const mayWrite = open.can("alerts.write");
  return (
    <>
      <Live project={project} topics={["alerts."]} />
      <PageHeader title={channel?.name ?? "Add channel"}>
        {channel !== null && (
          <ChannelActions project={project} channel={channel} base={open.base} mayWrite={mayWrite} />
        )}
      </PageHeader>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,36rem)_minmax(0,1fr)]">
        <Card title="Syslog receiver">
          <ChannelForm
            key={channel?.updatedAt ?? "new"}
            project={project}
            channel={channel}
            base={open.base}
            mayWrite={mayWrite}
          />
        </Card>
        {channel !== null && (
          <Card title="How it goes">
            <Health channel={channel} />
          </Card>
        )}
      </div>
    </>
  );
}

function Health({ channel }: Readonly<{ channel: ChannelView }>) {
  return (
    <KeyValue
      facts={[
        ["State", channel.state === "idle" ? "ready" : channel.state],
        ["Destination", channel.destination],
        ["Last sent", <RelativeTime key="sent" at={channel.lastSentAt} />],
        ["Waiting", channel.waiting],
        ["Given up", channel.givenUp],
        ...(channel.failingSince === null
          ? []
          : [["Failing since", <RelativeTime key="failing" at={channel.failingSince} />] as const]),
        ...(channel.lastError === null ? [] : [["Last error", channel.lastError] as const]),
        ...(channel.nextAttemptAt === null
          ? []
          : [["Next attempt", <RelativeTime key="next" at={channel.nextAttemptAt} />] as const]),
        ["Used by", channel.profiles.length === 0 ? "no profile, so nothing is sent" : channel.profiles.join(", ")],
      ]}
    />
  );
}
