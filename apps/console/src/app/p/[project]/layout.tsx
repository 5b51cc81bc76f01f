import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Frame } from "#shell/frame.tsx";
import { currentPerson, openProject, roleWord } from "#shell/open-project.ts";
import { readPreferences } from "#shell/preferences.ts";

type Props = Readonly<{ params: Promise<{ project: string }>; children: ReactNode }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { project } = await params;
  const name = (await currentPerson()).projects.find(({ slug }) => slug === project)?.name ?? "Not found";
  return { title: { default: name, template: `%s · ${name} · Rampart` } };
}

export default async function ProjectLayout({ params, children }: Props) {
  const { project } = await params;
  const [me, preferences] = await Promise.all([currentPerson(), readPreferences(), openProject(project)]);
  const choices = me.projects.map(({ slug, name, tenantName }) => ({ slug, name, tenantName }));
  const current = choices.find(({ slug }) => slug === project);
  if (current === undefined) return null;
  return (
    <Frame
      person={{ name: me.user.username, role: roleWord(me.user.role) }}
      project={current}
      projects={choices}
      preferences={preferences}
    >
      {children}
    </Frame>
  );
}
