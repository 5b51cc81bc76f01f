"use client";

import { Command } from "cmdk";
import type { ReactNode } from "react";

export type CommandEntry = Readonly<{
  id: string;
  group: string;
  label: string;
  hint?: string;
  icon?: ReactNode;
  /** Other words by which it is found. */
  words?: readonly string[];
  onChoose: () => void;
}>;

type CommandMenuProps = Readonly<{
  open: boolean;
  onOpenChange: (open: boolean) => void;
  typed: string;
  onType: (typed: string) => void;
  entries: readonly CommandEntry[];
  /** Entries that the server is still looking for. */
  searching?: boolean;
}>;

/** Everything by typing: pages, actions, resources, CVEs. */
export function CommandMenu({ open, onOpenChange, typed, onType, entries, searching = false }: CommandMenuProps) {
  const groups = [...new Set(entries.map(({ group }) => group))];
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Search and commands"
      overlayClassName="fixed inset-0 z-40 animate-appear bg-[rgb(0_0_0/0.35)]"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 animate-appear overflow-hidden rounded-lg border bg-raised shadow-pop"
    >
      <Command.Input
        value={typed}
        onValueChange={onType}
        placeholder="Go to a page, an image, a host or a CVE"
        className="h-11 w-full border-b bg-transparent px-4 text-base outline-none"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1">
        <Command.Empty className="px-3 py-6 text-center text-sm text-ink-muted">
          {searching ? "Searching" : "Nothing found. Try fewer letters, or a CVE such as CVE-2021-44228."}
        </Command.Empty>
        {groups.map((group) => (
          <Command.Group
            key={group}
            heading={group}
            className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-subtle"
          >
            {entries
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <Command.Item
                  key={entry.id}
                  value={`${entry.label} ${entry.id}`}
                  keywords={[...(entry.words ?? [])]}
                  onSelect={entry.onChoose}
                  className="flex h-9 cursor-pointer items-center gap-2.5 rounded-sm px-3 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-ink-subtle"
                >
                  {entry.icon}
                  <span className="min-w-0 truncate">{entry.label}</span>
                  {entry.hint !== undefined && <span className="ml-auto text-xs text-ink-subtle">{entry.hint}</span>}
                </Command.Item>
              ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command.Dialog>
  );
}
