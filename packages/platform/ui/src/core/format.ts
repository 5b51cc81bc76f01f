const numbers = new Intl.NumberFormat("en-GB");

/** 1204 becomes "1,204". */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** "1 image", "1,204 images". */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const byteUnits = ["B", "kB", "MB", "GB", "TB"] as const;

/** Decimal units, as registries and engines print them: 7_800_000 becomes "7.8 MB". */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${byteUnits[unit]}`;
}

/** Chance between 0 and 1 as a percentage that never rounds a real chance down to zero. */
export function formatChance(chance: number): string {
  const percent = chance * 100;
  if (percent > 0 && percent < 0.1) return "<0.1 %";
  return `${percent >= 10 ? Math.round(percent) : percent.toFixed(1)} %`;
}

export const digestLengthShown = 12;

/** "sha256:4bcff63911fc…" becomes "4bcff63911fc". */
export function shortenDigest(digest: string): string {
  const colon = digest.indexOf(":");
  return digest.slice(colon + 1, colon + 1 + digestLengthShown);
}

const steps = [
  { limitSeconds: 60, seconds: 1, one: "second" },
  { limitSeconds: 3600, seconds: 60, one: "minute" },
  { limitSeconds: 86_400, seconds: 3600, one: "hour" },
  { limitSeconds: 86_400 * 60, seconds: 86_400, one: "day" },
  { limitSeconds: 86_400 * 730, seconds: 86_400 * 30.44, one: "month" },
  { limitSeconds: Number.POSITIVE_INFINITY, seconds: 86_400 * 365.25, one: "year" },
] as const;

/** "just now", "4 minutes ago", "in 2 days". */
export function formatRelative(at: Date, now: Date): string {
  const ahead = at.getTime() > now.getTime();
  const elapsed = formatElapsed(Math.abs(now.getTime() - at.getTime()));
  if (elapsed === null) return "just now";
  return ahead ? `in ${elapsed}` : `${elapsed} ago`;
}

/** "4 minutes", or null below five seconds, where a number would only flicker. */
export function formatElapsed(elapsedMs: number): string | null {
  const seconds = Math.floor(elapsedMs / 1000);
  if (seconds < 5) return null;
  const step = steps.find(({ limitSeconds }) => seconds < limitSeconds) ?? steps[5];
  return formatCounted(Math.floor(seconds / step.seconds), step.one);
}

/** "2026-11-25 04:29:05 UTC": the same everywhere, so that server and browser agree. */
export function formatExact(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
