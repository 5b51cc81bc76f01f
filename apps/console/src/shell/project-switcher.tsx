"use client";

import { Button } from "@rampart/ui/button";
import { classNames } from "@rampart/ui/core/class-names";
import { Input } from "@rampart/ui/input";
import { Popover } from "@rampart/ui/popover";
import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { pathInProject, sectionOf } from "#shell/navigation.data.ts";

export type ProjectChoice = Readonly<{ slug: string; name: string; tenantName: string }>;

type ProjectSwitcherProps = Readonly<{ current: ProjectChoice; projects: readonly ProjectChoice[] }>;

/** Changes the project and keeps the section: whoever looks at images wants to see the other project's images. */
export function ProjectSwitcher({ current, projects }: ProjectSwitcherProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label="Projects"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          kind="quiet"
          className="max-w-80 min-w-0 text-ink"
          aria-label={`Project ${current.tenantName}, ${current.name}. Change`}
        >
          <span className="hidden truncate text-ink-subtle md:inline">{current.tenantName}</span>
          <span aria-hidden className="hidden text-ink-subtle md:inline">
            ›
          </span>
          <span className="truncate font-semibold">{current.name}</span>
          <ChevronsUpDown aria-hidden className="text-ink-subtle" />
        </Button>
      }
    >
      <ProjectList current={current} projects={projects} onChoose={() => setOpen(false)} />
    </Popover>
  );
}

function ProjectList({ current, projects, onChoose }: ProjectSwitcherProps & Readonly<{ onChoose: () => void }>) {
  const [typed, setTyped] = useState("");
  const section = sectionOf(pathInProject(usePathname()));
  const wanted = typed.trim().toLowerCase();
  const found = projects.filter(({ name, tenantName }) => `${tenantName} ${name}`.toLowerCase().includes(wanted));
  return (
    <>
      <Input
        aria-label="Find a project"
        placeholder="Type to filter"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul className="mt-1 max-h-80 overflow-y-auto">
        {found.map((project) => (
          <li key={project.slug}>
            <Link
              href={`/p/${project.slug}${section?.pages[0].path ?? ""}`}
              onClick={onChoose}
              className="flex h-8 items-center gap-2 rounded-sm px-2 text-sm hover:bg-hover"
              aria-current={project.slug === current.slug ? "true" : undefined}
            >
              <Check
                aria-hidden
                className={classNames("size-4 text-accent", project.slug !== current.slug && "invisible")}
              />
              <span className="truncate">{project.name}</span>
              <span className="ml-auto truncate text-xs text-ink-subtle">{project.tenantName}</span>
            </Link>
          </li>
        ))}
        {found.length === 0 && <li className="px-2 py-3 text-sm text-ink-muted">No project has this name.</li>}
      </ul>
    </>
  );
}
