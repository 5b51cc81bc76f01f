import { returnWithinMs } from "./limits.ts";

/**
 * Ten thousand Defenders told to leave at once come back at once. Each is given its own moment to return; it obeys
 * because the number travels with the refusal, not in its configuration.
 */
export function returnDelay(sockets: number): number {
  return Math.round(Math.random() * Math.max(returnWithinMs, sockets));
}
