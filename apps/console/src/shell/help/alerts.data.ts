import type { HelpPage } from "@rampart/ui/help-panel";
export const alertsHelp: Readonly<Record<string, HelpPage>> = {};
