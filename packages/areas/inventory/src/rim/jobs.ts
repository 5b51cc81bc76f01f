import type { Database } from "@rampart/database";
import { handle } from "@rampart/queue";
import { bindIngest } from "../bind.ts";
import { ingestFrameJob } from "../contract.ts";
import { ingestFrame } from "../verbs/ingest-frame.ts";

/** The jobs of this area, for the lanes that run them. */
export const inventoryJobs = (platform: { database: Database }) => [
  handle(ingestFrameJob, (scope, payload) => ingestFrame(bindIngest(platform, scope), payload)),
];
