import type { Database } from "@rampart/database/unscoped";
import { startRounds } from "@rampart/queue";
import type { Logger, Running } from "@rampart/telemetry";
import { refreshIntelligence } from "@rampart/vulnerabilities/jobs";

const roundMs = 60 * 60_000;
/** After a failed round, such as one that began before the database was there. */
const retryMs = 10_000;

type RefreshPlatform = Readonly<{ database: Database; logger: Logger; feedFolder?: string }>;

/**
 * Looks at the feed folder when the lane starts and once an hour. Unchanged files cost one read; a project that was
 * never told about a revision, because a process died in between, is told by the next round.
 */
export function startRefresh({ database, logger, feedFolder }: RefreshPlatform): Running {
  async function refresh(): Promise<void> {
    const { revision, files } = await refreshIntelligence({ database }, feedFolder ?? null);
    for (const { file, problem } of files) if (problem !== undefined) logger.warn({ file, problem }, "feed refused");
    const imported = files.filter(({ outcome }) => outcome === "imported").length;
    logger.info({ revision, files: files.length, imported }, "advisories are up to date");
  }

  return startRounds({ name: "advisories", everyMs: roundMs, retryMs, logger, work: refresh });
}
