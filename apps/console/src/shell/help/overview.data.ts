import type { HelpPage } from "@rampart/ui/help-panel";
export const overviewHelp: Readonly<Record<string, HelpPage>> = {};
