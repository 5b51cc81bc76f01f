import { z } from "zod";

/** What can be done about a finding: update, wait, or do without the vendor. */
export const findingStates = ["fixed", "affected", "pending", "will-not-fix"] as const;
export const FindingState = z.enum(findingStates);
export type FindingState = z.infer<typeof FindingState>;
