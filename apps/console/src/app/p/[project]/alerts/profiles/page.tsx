import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { PageHeader } from "@rampart/ui/page-header";
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import { openProject } from "#shell/open-project.ts";
import { ProfileTable } from "./_parts/profile-table.tsx";

export const metadata: Metadata = { title: "Profiles" };

type Props = Readonly<{ params: Promise<{ project: string }> }>;

export default async function ProfilesPage({ params }: Props) {
  const open = await openProject((await params).project);
  const [profiles, channels] = await Promise.all([
    answered(open.api.alerts.listProfiles({ project: open.project })),
    answered(open.api.alerts.listChannels({ project: open.project })),
  ]);
  const add = <AddButton base={open.base} mayWrite={open.can("alerts.write")} hasChannel={channels.length > 0} />;
  return (
    <>
      <PageHeader title="Profiles" summary={formatCounted(profiles.length, "profile")}>
        {add}
      </PageHeader>
      <ProfileTable
        rows={profiles}
        base={open.base}
        empty={
          <EmptyState title="No profile sends alerts anywhere yet" action={add}>
            A profile says which alerts go to which channel: by severity, rule and label.
          </EmptyState>
        }
      />
    </>
  );
}

type AddButtonProps = Readonly<{ base: string; mayWrite: boolean; hasChannel: boolean }>;

/** A profile needs a channel to send to, so without one the next step is to add that. */
function AddButton({ base, mayWrite, hasChannel }: AddButtonProps) {
  if (!mayWrite) {
    return (
      <Button
        kind="primary"
        disabled
        title="Adding profiles needs the right to write alerts. A tenant administrator can give it."
      >
        <Plus aria-hidden /> Add profile
      </Button>
    );
  }
  return (
    <Button kind="primary" asChild>
      <Link href={hasChannel ? `${base}/alerts/profiles/new` : `${base}/alerts/channels/new`}>
        <Plus aria-hidden /> {hasChannel ? "Add profile" : "Add a channel first"}
      </Link>
    </Button>
  );
}
