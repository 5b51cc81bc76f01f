export type TokenTimes = Readonly<{ expiresAt: Date; usedAt: Date | null; revokedAt: Date | null }>;
export type EnrolmentTokenState = "open" | "used" | "expired" | "revoked";

/** What a token is good for at `now`. A used token stays "used", however much time passes. */
export function enrolmentTokenState({ expiresAt, usedAt, revokedAt }: TokenTimes, now: Date): EnrolmentTokenState {
  if (usedAt !== null) return "used";
  if (revokedAt !== null) return "revoked";
  return expiresAt.getTime() > now.getTime() ? "open" : "expired";
}
