import type { HelpPage } from "@rampart/ui/help-panel";
export const manageHelp: Readonly<Record<string, HelpPage>> = {};
