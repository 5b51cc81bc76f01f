import type { Database } from "@rampart/database/unscoped";
import { startRounds } from "@rampart/queue";
import type { Sealer } from "@rampart/secrets";
import type { Logger, Running } from "@rampart/telemetry";
import { lookAtLocations, refreshIntelligence } from "@rampart/vulnerabilities/jobs";

const roundMs = 60_000;
/** How late a location may be looked at after its time has come: a person may wait for it. One read of a small table. */
const lookMs = 5_000;
/** After a failed round, such as one that began before the database was there. */
const retryMs = 10_000;

type RefreshPlatform = Readonly<{ database: Database; sealer: Sealer; logger: Logger; feedFolder?: string }>;

/** Looks at the feed folder and at every address whose time has come; rounds of several processes share the work. */
export function startRefresh({ database, sealer, logger, feedFolder }: RefreshPlatform): Running {
  const platform = { database, sealer };

  function tell(outcomes: Awaited<ReturnType<typeof lookAtLocations>>): void {
    for (const { location, problem, files } of outcomes) {
      for (const { file, problem: reason } of files) {
        if (reason !== undefined) logger.warn({ file, problem: reason }, "feed refused");
      }
      const imported = files.filter(({ outcome }) => outcome === "imported").length;
      if (problem === null) logger.info({ location, files: files.length, imported }, "advisories are up to date");
      else logger.warn({ location, problem }, "advisories could not be refreshed");
    }
  }

  const rounds = [
    startRounds({
      name: "advisories",
      everyMs: roundMs,
      retryMs,
      logger,
      work: async () => tell(await refreshIntelligence(platform, feedFolder ?? null)),
    }),
    startRounds({
      name: "feed locations",
      everyMs: lookMs,
      retryMs,
      logger,
      work: async () => tell(await lookAtLocations(platform)),
    }),
  ];
  return {
    async close() {
      await Promise.all(rounds.map((round) => round.close()));
    },
  };
}
