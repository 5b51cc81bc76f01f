import type { ReactNode } from "react";
import Link from "next/link";
import { AccountMenu } from "#shell/account-menu.tsx";
import { CommandLauncher } from "#shell/command-launcher.tsx";
import { HelpLauncher } from "#shell/help-launcher.tsx";
import { Mark } from "#shell/mark.tsx";
import { PreferenceMenu } from "#shell/preference-menu.tsx";
import type { Preferences } from "#shell/preferences.ts";
import { type ProjectChoice, ProjectSwitcher } from "#shell/project-switcher.tsx";
import { SectionTabs } from "#shell/section-tabs.tsx";
import { SideNavigation } from "#shell/side-navigation.tsx";

type FrameProps = Readonly<{
  person: Readonly<{ name: string; role: string }>;
  project: ProjectChoice;
  projects: readonly ProjectChoice[];
  preferences: Preferences;
  children: ReactNode;
}>;

/** What stands around every page of a project. */
export function Frame({ person, project, projects, preferences, children }: FrameProps) {
  return (
    <>
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-pop"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-30 flex h-12 items-center gap-1 border-b bg-canvas px-3">
        <Link
          href={`/p/${project.slug}`}
          aria-label="Rampart, overview"
          className="mr-1 grid size-8 place-items-center rounded-md"
        >
          <Mark className="size-6" />
        </Link>
        <ProjectSwitcher current={project} projects={projects} />
        <div className="ml-auto flex items-center gap-1">
          <CommandLauncher project={project.slug} projects={projects} />
          <HelpLauncher />
          <PreferenceMenu theme={preferences.theme} density={preferences.density} />
          <AccountMenu name={person.name} role={person.role} />
        </div>
      </header>
      <div className="flex">
        <SideNavigation project={project.slug} startsFolded={preferences.navigation === "folded"} />
        <div className="min-w-0 flex-1 xl:has-[[data-preview]]:pr-[26rem]">
          <div className="mx-auto max-w-[110rem] px-6 pt-1 pb-12">
            <SectionTabs project={project.slug} />
            <main id="content" tabIndex={-1} className="grid gap-4 pt-4 outline-none">
              {children}
            </main>
          </div>
        </div>
      </div>
    </>
  );
}
