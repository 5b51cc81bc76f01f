import { UseEvidence } from "@rampart/protocol/contract";
import { z } from "zod";

export { UseEvidence };

/**
 * `used`: a process was seen using the package within the last `useKeptDays`. `not-seen`: Defenders have looked, and
 * none was. `unknown`: no Defender has looked at a running container of the image yet, or not at all of it.
 */
export const useStates = ["used", "not-seen", "unknown"] as const;
export const UseState = z.enum(useStates);
export type UseState = z.infer<typeof UseState>;

/** A package counts as used for this long after it was last seen; jobs that run once a month stay used. */
export const useKeptDays = 35;

const Instant = z.iso.datetime({ offset: true });

/** Whether processes use a package, and what tells of it. */
export const PackageUseView = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("used"),
    evidence: UseEvidence,
    /** Names of some of the processes. */
    processes: z.array(z.string()),
    /** Hosts on which it was seen. */
    hosts: z.int().positive(),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
  }),
  z.object({ state: z.literal("not-seen") }),
  z.object({ state: z.literal("unknown") }),
]);
export type PackageUseView = z.infer<typeof PackageUseView>;
