/** How long certificates live, in days. */
export const lifetimeDays = { installation: 3650, project: 1825, defender: 90, gateway: 30 } as const;

/** A Defender may hold this many unexpired certificates; more renewals than that are a loop, not a need. */
export const certificatesActiveMax = 8;

const dayMs = 24 * 60 * 60_000;
/** Certificates start a little in the past, because clocks differ. */
const clockSkewMs = 5 * 60_000;

export type Term = Readonly<{ notBefore: Date; notAfter: Date }>;

export function certificateTerm(now: Date, days: number): Term {
  return { notBefore: new Date(now.getTime() - clockSkewMs), notAfter: new Date(now.getTime() + days * dayMs) };
}

/** A certificate is renewed in the last third of its life. */
export function renewAfter({ notBefore, notAfter }: Term): Date {
  const lifeMs = notAfter.getTime() - notBefore.getTime();
  return new Date(notBefore.getTime() + Math.floor((lifeMs * 2) / 3));
}

/** An authority stops issuing when what it issues could outlive it. */
export function canIssueUntil(authorityExpiresAt: Date, notAfter: Date): boolean {
  return notAfter.getTime() <= authorityExpiresAt.getTime();
}
