import { staleAfterDays, type FeedSource } from "@rampart/vulnerabilities/contract";

const dayMs = 86_400_000;

/** Nobody has looked for newer data for so long that the source may have become wrong. */
export function isStale({ checkedAt, isStarter }: Pick<FeedSource, "checkedAt" | "isStarter">, now: Date): boolean {
  return !isStarter && now.getTime() - Date.parse(checkedAt) > staleAfterDays * dayMs;
}
