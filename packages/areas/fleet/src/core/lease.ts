/** A Defender counts as connected this long after its last heartbeat; three beats may get lost. */
export const leaseMs = 60_000;

/** After its lease a Defender is `stale` this long, then `disconnected`: a restart of a gateway is not news. */
export const staleMs = 5 * 60_000;
