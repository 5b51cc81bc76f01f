/** The only source of time for core and verbs, so that tests can move it. */
export type Clock = Readonly<{ now(): Date }>;

export const systemClock: Clock = { now: () => new Date() };
