/** Reports of one socket that wait for the database; above it the socket is not read. */
export const pendingFramesMax = 64;
export const pendingBytesMax = 8 * 1024 * 1024;

/** Bytes of all reports that wait for the database; above it no bulk socket is read. */
export const inboxBytesMax = 256 * 1024 * 1024;

/** One transaction stores at most this many reports, and this many bytes unless a single report is larger. */
export const batchFramesMax = 200;
export const batchBytesMax = 16 * 1024 * 1024;

/** How long the first report of a batch waits for others. */
export const gatherMs = 5;

/** Pauses between tries while the database is away. */
export const retryMs = { first: 100, longest: 2_000 } as const;

/** Heartbeats and ended connections are written together this often. */
export const leaseFlushMs = 1_000;

/** Control frames that one Defender may send at once, and per second in the long run. */
export const controlFrames = { burst: 60, perSecond: 10 } as const;

/** Control frames of one Defender that wait for an answer. */
export const controlWaitingMax = 16;

/** Enrolments that one address may ask for at once, and per second in the long run: a rack behind one NAT is fine. */
export const enrolments = { burst: 60, perSecond: 2 } as const;
export const enrolmentsAtOnceMax = 8;

/** Addresses whose rate is remembered. */
export const addressesMax = 20_000;

/** A stopping gateway gives its last batch and its close frames this long. */
export const stopWithinMs = 5_000;

/** Defenders that are told to leave come back within this time, or a millisecond for each of them if that is longer. */
export const returnWithinMs = 2_000;
