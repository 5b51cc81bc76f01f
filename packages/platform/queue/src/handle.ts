import { Defect, type ProjectScope } from "@rampart/kernel";
import type { Job, Lane } from "./define-job.ts";

/** A job with the function that does it; payloads are checked before the function sees them. */
export type Handler = Readonly<{
  name: string;
  lane: Lane;
  backoffMaxMs: number;
  run(scope: ProjectScope, payload: unknown): Promise<void>;
}>;

export function handle<Payload>(
  job: Job<Payload>,
  run: (scope: ProjectScope, payload: Payload) => Promise<void>,
): Handler {
  return {
    name: job.name,
    lane: job.lane,
    backoffMaxMs: job.backoffMaxMs,
    run: (scope, payload) => run(scope, job.payload.parse(payload)),
  };
}

/** The handlers of a lane by job name; a name claimed twice is a Defect. */
export function bindHandler(handlers: readonly Handler[]): ReadonlyMap<string, Handler> {
  const byName = new Map(handlers.map((handler) => [handler.name, handler]));
  if (byName.size !== handlers.length) throw new Defect("two handlers share the name of a job");
  return byName;
}
