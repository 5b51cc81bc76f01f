const hourMs = 3_600_000;

/** After a failure a location is looked at again soon, though never more often than it was meant to be. */
export function nextAttempt(now: Date, everyHours: number, isGood: boolean): Date {
  return new Date(now.getTime() + (isGood ? everyHours : Math.min(1, everyHours)) * hourMs);
}
