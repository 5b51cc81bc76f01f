"use client";

import { classNames } from "@rampart/ui/core/class-names";
import {
  Bell,
  Boxes,
  Bug,
  LayoutDashboard,
  type LucideIcon,
  PanelLeftClose,
  PanelLeftOpen,
  SlidersHorizontal,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { rememberChoice } from "@rampart/ui/theme-toggle";
import { pathInProject, type Section, sectionOf, sections } from "#shell/navigation.data.ts";

const icons: Readonly<Record<Section["id"], LucideIcon>> = {
  overview: LayoutDashboard,
  vulnerabilities: Bug,
  inventory: Boxes,
  alerts: Bell,
  manage: SlidersHorizontal,
};

type SideNavigationProps = Readonly<{ project: string; startsFolded: boolean }>;

export function SideNavigation({ project, startsFolded }: SideNavigationProps) {
  const [folded, setFolded] = useState(startsFolded);
  const current = sectionOf(pathInProject(usePathname()));
  const Fold = folded ? PanelLeftOpen : PanelLeftClose;

  function toggle() {
    setFolded(!folded);
    rememberChoice("rampart-navigation", folded ? "open" : "folded");
  }

  return (
    <nav
      aria-label="Sections"
      className={classNames(
        "sticky top-12 flex h-[calc(100dvh-3rem)] shrink-0 flex-col gap-0.5 border-r p-2",
        folded ? "w-13" : "w-44",
      )}
    >
      {sections.map((section) => {
        const Icon = icons[section.id];
        return (
          <Link
            key={section.id}
            href={`/p/${project}${section.pages[0].path}`}
            aria-current={section === current ? "true" : undefined}
            title={folded ? section.label : undefined}
            className={classNames(
              "flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm text-ink-muted hover:bg-hover hover:text-ink",
              section === current && "bg-selected font-medium text-accent hover:bg-selected hover:text-accent",
            )}
          >
            <Icon aria-hidden className="size-4 shrink-0" />
            <span className={folded ? "sr-only" : ""}>{section.label}</span>
          </Link>
        );
      })}
      <button
        type="button"
        aria-label={folded ? "Unfold the navigation" : "Fold the navigation"}
        className="mt-auto grid size-8 place-items-center rounded-md text-ink-subtle hover:bg-hover hover:text-ink"
        onClick={toggle}
      >
        <Fold aria-hidden className="size-4" />
      </button>
    </nav>
  );
}
