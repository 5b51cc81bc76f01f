/** Longest waits for a receiver. Together they stay below the lease of a delivery run. */
export const connectWithinMs = 10_000;
export const writeWithinMs = 20_000;
export const closeWithinMs = 10_000;
/** All writes of one batch together. */
export const sendWithinMs = 60_000;

/** Bytes handed to the system at once; before each such write the connection is looked at again. */
export const writeBytesMax = 64 * 1024;

/** How long a connection must stay quiet before we close our side: two round trips, within these bounds. */
export const quietMs = { min: 20, max: 1_000 } as const;

/** Datagrams sent in one go, and the pause after them: a receiver's buffer holds about a hundred of ours. */
export const datagramsAtOnce = 16;
export const datagramPauseMs = 2;
