"use client";

import { HelpPanel } from "@rampart/ui/help-panel";
import { usePathname } from "next/navigation";
import { findHelp } from "#shell/help/find-help.ts";

export function HelpForRoute({
  open,
  onOpenChange,
}: Readonly<{ open: boolean; onOpenChange: (open: boolean) => void }>) {
  const page = findHelp(usePathname());
  if (page === undefined) return null;
  return <HelpPanel open={open} onOpenChange={onOpenChange} page={page} apiReferenceHref="/api-reference" />;
}
