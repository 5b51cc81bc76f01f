"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { ProjectChoice } from "#shell/project-switcher.tsx";

const CommandPanel = dynamic(() => import("#shell/command-panel.tsx").then((module) => module.CommandPanel), {
  ssr: false,
});

type CommandLauncherProps = Readonly<{ project: string; projects: readonly ProjectChoice[] }>;

/** Opens with ⌘K or Ctrl+K. The menu itself is loaded when it is first wanted. */
export function CommandLauncher(props: CommandLauncherProps) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setWanted(true);
      setOpen((was) => !was);
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Meta+K Control+K"
        className="mr-1 flex h-8 items-center gap-2 rounded-md border bg-surface px-2.5 text-sm text-ink-subtle hover:bg-hover md:w-56"
        onClick={() => (setWanted(true), setOpen(true))}
      >
        <Search aria-hidden className="size-4" />
        <span className="max-md:sr-only">Search</span>
        <kbd aria-hidden className="ml-auto hidden font-sans text-xs md:inline">
          ⌘K
        </kbd>
      </button>
      {wanted && <CommandPanel {...props} open={open} onOpenChange={setOpen} />}
    </>
  );
}
