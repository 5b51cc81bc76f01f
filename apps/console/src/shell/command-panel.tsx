"use client";

import { CommandMenu, type CommandEntry } from "@rampart/ui/command-menu";
import { Boxes, Bug, FileText, FolderOpen, Plus, Server } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { apiClient } from "#shell/api-client.ts";
import { sections } from "#shell/navigation.data.ts";
import type { ProjectChoice } from "#shell/project-switcher.tsx";

/** A search waits until the hand rests. */
const restMs = 200;
const typedMin = 2;
const foundPerKind = 5;

type CommandPanelProps = Readonly<{
  project: string;
  projects: readonly ProjectChoice[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}>;

type Found = Readonly<{ id: string; group: string; label: string; hint: string; path: string }>;

export function CommandPanel({ project, projects, open, onOpenChange }: CommandPanelProps) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const { found, searching } = useFound(project, typed.trim());

  function go(address: string) {
    onOpenChange(false);
    setTyped("");
    router.push(address);
  }
  const base = `/p/${project}`;
  const entries: CommandEntry[] = [
    ...found.map((row) => ({
      id: row.id,
      group: row.group,
      label: row.label,
      hint: row.hint,
      icon: iconOf(row.group),
      words: [typed],
      onChoose: () => go(base + row.path),
    })),
    ...pageEntries(base, go),
    ...actionEntries(base, go),
    ...projects
      .filter(({ slug }) => slug !== project)
      .map(({ slug, name, tenantName }) => ({
        id: `project ${slug}`,
        group: "Projects",
        label: name,
        hint: tenantName,
        icon: <FolderOpen aria-hidden />,
        onChoose: () => go(`/p/${slug}`),
      })),
  ];
  return (
    <CommandMenu
      open={open}
      onOpenChange={onOpenChange}
      typed={typed}
      onType={setTyped}
      entries={entries}
      searching={searching}
    />
  );
}

function pageEntries(base: string, go: (address: string) => void): readonly CommandEntry[] {
  return sections.flatMap((section) =>
    section.pages.map((page) => ({
      id: `page ${page.path}`,
      group: "Pages",
      label: page.label === section.label ? page.label : `${section.label} › ${page.label}`,
      icon: <FileText aria-hidden />,
      onChoose: () => go(base + page.path),
    })),
  );
}

const actions = [
  ["Enrol a Defender", "/manage/defenders/enrol"],
  ["Add channel", "/alerts/channels/new"],
  ["Add profile", "/alerts/profiles/new"],
  ["Import advisories", "/manage/intelligence"],
] as const;

function actionEntries(base: string, go: (address: string) => void): readonly CommandEntry[] {
  return actions.map(([label, path]) => ({
    id: `action ${label}`,
    group: "Actions",
    label,
    icon: <Plus aria-hidden />,
    onChoose: () => go(base + path),
  }));
}

function iconOf(group: string) {
  const Icon = group === "CVEs" ? Bug : group === "Hosts" ? Server : Boxes;
  return <Icon aria-hidden />;
}

/** Resources and CVEs whose names begin or contain what was typed; an answer to older letters is dropped. */
function useFound(project: string, typed: string): Readonly<{ found: readonly Found[]; searching: boolean }> {
  const [answer, setAnswer] = useState<Readonly<{ typed: string; found: readonly Found[] }>>({ typed: "", found: [] });
  useEffect(() => {
    if (typed.length < typedMin) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      void search(project, typed, abort.signal).then((found) => {
        if (!abort.signal.aborted) setAnswer({ typed, found });
      });
    }, restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [project, typed]);
  if (typed.length < typedMin) return { found: [], searching: false };
  return { found: answer.typed === typed ? answer.found : [], searching: answer.typed !== typed };
}

async function search(project: string, typed: string, signal: AbortSignal): Promise<readonly Found[]> {
  const asked = { project, search: typed, limit: foundPerKind };
  // A part that fails or is not permitted finds nothing; the others still answer.
  const [cves, images, hosts] = await Promise.all([
    apiClient.vulnerabilities.listTopCves.query(asked, { signal }).catch(() => null),
    apiClient.inventory.listImages.query(asked, { signal }).catch(() => null),
    apiClient.inventory.listHosts.query(asked, { signal }).catch(() => null),
  ]);
  return [
    ...(cves?.rows ?? []).map((row) => ({
      id: row.cve,
      group: "CVEs",
      label: row.cve,
      hint: row.severity,
      path: `/vulnerabilities/explorer/${encodeURIComponent(row.cve)}`,
    })),
    ...(images?.rows ?? []).map((row) => ({
      id: row.id,
      group: "Images",
      label: row.name,
      hint: row.os ?? "",
      path: `/vulnerabilities/images/${encodeURIComponent(row.id)}`,
    })),
    ...(hosts?.rows ?? []).map((row) => ({
      id: row.id,
      group: "Hosts",
      label: row.hostname,
      hint: row.os ?? "",
      path: `/vulnerabilities/hosts/${row.id}`,
    })),
  ];
}
