import type { HelpPage } from "@rampart/ui/help-panel";
export const vulnerabilitiesHelp: Readonly<Record<string, HelpPage>> = {};
