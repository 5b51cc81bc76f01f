import { z } from "zod";
import { readJsonFile, writeFileDurably } from "../../host/durable-file.ts";

/** What must survive although no report does: without it a restart could number a new report like an old one. */
const SpoolState = z.strictObject({
  epoch: z.uuid(),
  acknowledged: z.int().nonnegative(),
  /** Highest number given when this was written; segments may know a higher one. */
  lastSequence: z.int().nonnegative(),
  droppedFrames: z.int().nonnegative(),
});
export type SpoolState = z.infer<typeof SpoolState>;

export async function readSpoolState(file: string): Promise<SpoolState | null> {
  const parsed = SpoolState.safeParse(await readJsonFile(file));
  return parsed.success ? parsed.data : null;
}

export function writeSpoolState(file: string, state: SpoolState): Promise<void> {
  return writeFileDurably(file, JSON.stringify(state));
}
