import { z } from "zod";

/** What really lies in the queue: the payload with the scope it was granted in. */
export const Envelope = z.strictObject({
  tenantId: z.uuid(),
  projectId: z.uuid(),
  /** Row of the job ledger that is settled when the work is done; absent for work that its own table remembers. */
  ledgerId: z.uuid().optional(),
  payload: z.unknown(),
});
export type Envelope = z.infer<typeof Envelope>;

/** Identical requests get identical ids; BullMQ refuses `:` in them. */
export function jobId(projectId: string, name: string, key: string): string {
  return `${projectId}~${name}~${key}`.replaceAll(":", "_");
}
