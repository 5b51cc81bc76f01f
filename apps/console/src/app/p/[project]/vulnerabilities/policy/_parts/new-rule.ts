import type { DraftRule } from "./draft.ts";

/** What "Add rule" starts from: alert on what is serious, everywhere. */
export function newRule(): DraftRule {
  return {
    id: crypto.randomUUID(),
    name: "",
    notes: "",
    enabled: true,
    collections: [{ name: "All", images: [], hosts: [], labels: [] }],
    alertFrom: "high",
    blockFrom: null,
    onlyFixed: false,
    graceDays: 0,
    exceptions: [],
    riskFactorEffects: [],
    packageKindThresholds: [],
    blockMessage: "",
    sentence: "",
    hits: 0,
    shadowedBy: null,
  };
}
