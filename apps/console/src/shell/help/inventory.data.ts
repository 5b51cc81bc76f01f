import type { HelpPage } from "@rampart/ui/help-panel";
export const inventoryHelp: Readonly<Record<string, HelpPage>> = {};
