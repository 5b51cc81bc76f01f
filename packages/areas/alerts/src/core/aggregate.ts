export type Period = Readonly<{
  periodMs: number;
  /** When the last message goes or went out; null if never. */ lastDueAt: Date | null;
}>;

/**
 * When an alert goes out: the first at once, those after it together at the end of the period. One time is all there is
 * to remember; while it lies in the future, a bundle is waiting for it.
 */
export function aggregate({ periodMs, lastDueAt }: Period, now: Date): Date {
  if (periodMs === 0 || lastDueAt === null) return now;
  if (now.getTime() < lastDueAt.getTime()) return new Date(Math.min(lastDueAt.getTime(), now.getTime() + periodMs));
  return new Date(Math.max(now.getTime(), lastDueAt.getTime() + periodMs));
}
