/** Most subjects remembered; beyond it the oldest is forgotten, which only means that its older report is sent too. */
const subjectsMax = 20_000;

/** Prefix of the subjects that a full list replaces, such as `container/` for the list `container`. */
const partOf = (subject: string): string => subject.slice(0, subject.indexOf("/"));

/**
 * Knows the newest report of each subject, so that a report which a newer one replaces is left out on the wire. A
 * report without a subject is always sent. A report of `container` replaces those of every `container/…` before it.
 */
export function latestSubjects() {
  const latest = new Map<string, number>();

  return {
    note(subject: string, sequence: number): void {
      if (subject === "") return;
      latest.delete(subject);
      latest.set(subject, sequence);
      const oldest = latest.size > subjectsMax ? latest.keys().next().value : undefined;
      if (oldest !== undefined) latest.delete(oldest);
    },
    isReplaced(subject: string, sequence: number): boolean {
      if (subject === "") return false;
      const whole = subject.includes("/") ? (latest.get(partOf(subject)) ?? 0) : 0;
      return Math.max(latest.get(subject) ?? 0, whole) > sequence;
    },
    forgetAll(): void {
      latest.clear();
    },
  };
}
