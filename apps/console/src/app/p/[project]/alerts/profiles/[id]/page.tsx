import { Card } from "@rampart/ui/card";
import { EmptyState } from "@rampart/ui/empty-state";
import { PageHeader } from "@rampart/ui/page-header";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { answered } from "#shell/answered.ts";
import { isUuid } from "#shell/list-search.ts";
import { openProject } from "#shell/open-project.ts";
import { ProfileEditor } from "./_parts/profile-editor.tsx";

export const metadata: Metadata = { title: "Profile" };

type Props = Readonly<{ params: Promise<{ project: string; id: string }> }>;

/** One profile; the id `new` is the form for one that does not exist yet. */
export default async function ProfilePage({ params }: Props) {
  const { project, id } = await params;
  const open = await openProject(project);
  if (id !== "new" && !isUuid(id)) notFound();
  const [profile, channels] = await Promise.all([
    id === "new" ? null : answered(open.api.alerts.getProfile({ project, id })),
    answered(open.api.alerts.listChannels({ project })),
  ]);
  return (
    <>
      <PageHeader title={profile?.name ?? "Add profile"} />
      {channels.length === 0 ? (
        <Card>
          <EmptyState title="A profile needs a channel to send to">Add a channel first.</EmptyState>
        </Card>
      ) : (
        <ProfileEditor
          key={profile?.updatedAt ?? "new"}
          project={project}
          profile={profile}
          channels={channels.map(({ id: value, name }) => ({ value, label: name }))}
          base={open.base}
          mayWrite={open.can("alerts.write")}
        />
      )}
    </>
  );
}
