"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Button } from "./button.tsx";
import { useSearchState } from "./search-state.tsx";

/**
 * A look at one row beside the table. It does not take the focus, so that the arrow keys keep walking through the rows.
 * Which row is open stands in the address.
 */
export function PreviewSheet({ title, children }: Readonly<{ title: string; children: ReactNode }>) {
  const { change } = useSearchState();
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === "Escape" && !event.defaultPrevented) change({ open: null }, "replace");
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [change]);

  return (
    <aside
      data-preview
      aria-label={`Preview of ${title}`}
      className="fixed top-12 right-0 bottom-0 z-20 flex w-[min(27rem,100vw)] animate-slide flex-col border-l bg-raised shadow-pop"
    >
      <header className="flex items-center gap-2 border-b py-2 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 truncate text-base font-semibold" title={title}>
          {title}
        </h2>
        <Button
          kind="quiet"
          size="icon"
          aria-label="Close the preview"
          onClick={() => change({ open: null }, "replace")}
        >
          <X aria-hidden />
        </Button>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4 wrap-anywhere">{children}</div>
    </aside>
  );
}
