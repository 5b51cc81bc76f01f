import type { HelpPage } from "@rampart/ui/help-panel";
import { pathInProject } from "#shell/navigation.data.ts";
import { alertsHelp } from "#shell/help/alerts.data.ts";
import { inventoryHelp } from "#shell/help/inventory.data.ts";
import { manageHelp } from "#shell/help/manage.data.ts";
import { overviewHelp } from "#shell/help/overview.data.ts";
import { vulnerabilitiesHelp } from "#shell/help/vulnerabilities.data.ts";

/** Help by route, written as the folders below `p/[project]` are named. */
export const helpPages: Readonly<Record<string, HelpPage>> = {
  ...overviewHelp,
  ...vulnerabilitiesHelp,
  ...inventoryHelp,
  ...alertsHelp,
  ...manageHelp,
};

/** The page's own help; a path with an id belongs to the route with a placeholder in its place. */
export function findHelp(path: string): HelpPage | undefined {
  const inside = pathInProject(path).replace(/\/$/, "");
  return helpPages[inside] ?? helpPages[inside.replace(/\/[^/]+$/, "/[id]")];
}
