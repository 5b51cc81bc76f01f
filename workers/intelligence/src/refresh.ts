import type { Database } from "@rampart/database/unscoped";
import { startRounds } from "@rampart/queue";
import type { Sealer } from "@rampart/secrets";
import type { Logger, Running } from "@rampart/telemetry";
import { refreshIntelligence } from "@rampart/vulnerabilities/jobs";

/** How late a location may be looked at after its time has come. */
const roundMs = 60_000;
/** After a failed round, such as one that began before the database was there. */
const retryMs = 10_000;

type RefreshPlatform = Readonly<{ database: Database; sealer: Sealer; logger: Logger; feedFolder?: string }>;

/** Looks at the feed folder and at every address whose time has come; rounds of several processes share the work. */
export function startRefresh({ database, sealer, logger, feedFolder }: RefreshPlatform): Running {
  async function refresh(): Promise<void> {
    for (const { location, problem, files } of await refreshIntelligence({ database, sealer }, feedFolder ?? null)) {
      for (const { file, problem: reason } of files) {
        if (reason !== undefined) logger.warn({ file, problem: reason }, "feed refused");
      }
      const imported = files.filter(({ outcome }) => outcome === "imported").length;
      if (problem === null) logger.info({ location, files: files.length, imported }, "advisories are up to date");
      else logger.warn({ location, problem }, "advisories could not be refreshed");
    }
  }

  return startRounds({ name: "advisories", everyMs: roundMs, retryMs, logger, work: refresh });
}
