"use client";

import { TabLinks } from "@rampart/ui/tab-links";
import { usePathname } from "next/navigation";
import { isWithin, pathInProject, sectionOf } from "#shell/navigation.data.ts";

/** The pages of the current section; a section with one page needs no tabs. */
export function SectionTabs({ project }: Readonly<{ project: string }>) {
  const path = pathInProject(usePathname());
  const section = sectionOf(path);
  if (section === undefined || section.pages.length < 2) return null;
  return (
    <TabLinks
      label={section.label}
      tabs={section.pages.map((page) => ({
        href: `/p/${project}${page.path}`,
        label: page.label,
        current: isWithin(path, page),
      }))}
    />
  );
}
