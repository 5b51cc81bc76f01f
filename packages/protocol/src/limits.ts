/** Largest websocket message on the control lane, in bytes. Its frames are short; a policy snapshot is the largest. */
export const controlMessageMax = 2 * 1024 * 1024;

/** Largest websocket message on the bulk lane, in bytes: one report, compressed. */
export const bulkMessageMax = 24 * 1024 * 1024;

/** Largest report after decompression, in bytes. 50,000 packages with long paths stay below it. */
export const reportBytesMax = 96 * 1024 * 1024;

/** Largest header of a report, in bytes. */
export const reportHeaderMax = 1024;

/** A Defender keeps at most this many reports on the wire before it waits for an acknowledgement. */
export const reportsInFlightMax = 64;

/** And at most this many bytes of them; a single larger report travels alone. */
export const reportBytesInFlightMax = 24 * 1024 * 1024;

/**
 * Either side closes a socket on which nothing has arrived for this long: no frame, no ping, no pong. A gateway that
 * has stopped reading because its database is away still pings.
 */
export const silenceMaxMs = 30_000;

/** How often either side pings. */
export const pingEveryMs = 10_000;

/** The first frame must arrive this soon after the socket opens. */
export const helloWithinMs = 10_000;

/** Largest body of an enrolment request, in bytes. */
export const enrolmentBytesMax = 16 * 1024;

/** Most containers one host may report; dense nodes run a few hundred. */
export const containersMax = 5_000;

/** Most images one host may report. */
export const imagesMax = 10_000;

/** Most packages that a report may say were added to a container, and as many removed; an upgrade changes hundreds. */
export const changedPackagesMax = 2_000;
export const changedSecretsMax = 200;
export const changeWarningsMax = 50;

/** Most packages, files or folders that one report of use may name; a busy host uses some hundreds. */
export const packageUsesMax = 5_000;
