import { Card } from "@rampart/ui/card";
import { KeyValue } from "@rampart/ui/key-value";
import { PageHeader } from "@rampart/ui/page-header";
import { RelativeTime } from "@rampart/ui/relative-time";
import type { Metadata } from "next";
import { answered, permitted } from "#shell/answered.ts";
import { currentPerson, openProject, roleWord } from "#shell/open-project.ts";
import { PasswordForm } from "./_parts/password-form.tsx";
import { ProjectForm } from "./_parts/project-form.tsx";
import { UserList } from "./_parts/user-list.tsx";

export const metadata: Metadata = { title: "Settings" };

type Props = Readonly<{ params: Promise<{ project: string }> }>;

export default async function SettingsPage({ params }: Props) {
  const open = await openProject((await params).project);
  const me = await currentPerson();
  const project = me.projects.find(({ slug }) => slug === open.project);
  const [users, tenants] = await Promise.all([
    open.can("identity.read") ? permitted(open.api.identity.listUsers()) : null,
    open.can("tenancy.write") ? answered(open.api.tenancy.listTenants()) : [],
  ]);
  const tenantChoices = tenants.map(({ id, name }) => ({ id, name }));
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="This project">
          {project !== undefined && (
            <KeyValue
              facts={[
                ["Name", project.name],
                ["In addresses", project.slug],
                ["Tenant", project.tenantName],
                ["Created", <RelativeTime key="created" at={project.createdAt} />],
              ]}
            />
          )}
        </Card>
        <Card title="Your account">
          <div className="grid gap-4">
            <KeyValue
              facts={[
                ["User name", me.user.username],
                ["Role", roleWord(me.user.role)],
              ]}
            />
            <PasswordForm username={me.user.username} />
          </div>
        </Card>
        <Card title="Users" className="lg:col-span-2">
          {users === null ? (
            <p className="text-sm text-ink-muted">
              You have no right to see other users. A tenant administrator can give it.
            </p>
          ) : (
            <UserList
              users={users.map(({ id, username, role, tenantId, disabled }) => ({
                id,
                username,
                role,
                tenantId,
                disabled,
              }))}
              tenants={tenantChoices}
              self={me.user.id}
              ownTenant={me.user.tenantId}
              mayWrite={open.can("identity.write")}
            />
          )}
        </Card>
        <Card title="Add a project" className="lg:col-span-2">
          <ProjectForm tenants={tenantChoices} mayWrite={open.can("tenancy.write")} />
        </Card>
      </div>
    </>
  );
}
