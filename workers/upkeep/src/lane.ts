import { forgetOldAlerts } from "@rampart/alerts/jobs";
import { listProjectScopes, type Database } from "@rampart/database/unscoped";
import { fleetUpkeep, listLapsedProjects } from "@rampart/fleet/jobs";
import { removeExpiredSessions } from "@rampart/identity";
import { bindIdentity } from "@rampart/identity/bind";
import type { Caller, ProjectScope } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import { startRounds } from "@rampart/queue";
import type { Sealer } from "@rampart/secrets";
import type { Logger, Running } from "@rampart/telemetry";

/** How soon after its lease and the time of grace a Defender is told of as disconnected. */
const livenessEveryMs = 15_000;
/** How often what ended long ago is looked for. */
const forgetEveryMs = 60 * 60_000;
const projectsAtOnce = 100;

export type UpkeepPlatform = Readonly<{ database: Database; sealer: Sealer; logger: Logger }>;

/** Runs the upkeep lane: tells of Defenders that are gone, forgets what has ended. Any number may run at once. */
export function startUpkeep(platform: UpkeepPlatform): Running {
  const { database, logger } = platform;
  const rounds = [
    startRounds({ name: "liveness", everyMs: livenessEveryMs, logger, work: () => tellOfTheGone(database, logger) }),
    startRounds({ name: "forget", everyMs: forgetEveryMs, logger, work: () => forgetInAllProjects(platform) }),
    startRounds({ name: "sessions", everyMs: forgetEveryMs, logger, work: () => forgetSessions(database) }),
  ];
  return {
    async close() {
      await Promise.all(rounds.map((round) => round.close()));
    },
  };
}

async function tellOfTheGone(database: Database, logger: Logger): Promise<void> {
  for (const { tenantId, projectId } of await listLapsedProjects(database)) {
    const gone = await fleetUpkeep(database, grantScope(tenantId, projectId)).announceDisconnected();
    if (gone > 0) logger.info({ project: projectId, defenders: gone }, "Defenders disconnected");
  }
}

/** Acts on what is over and on nothing that anybody owns. */
const upkeepCaller: Caller = { kind: "job", id: "upkeep", name: "upkeep", permissions: new Set() };

async function forgetSessions(database: Database): Promise<void> {
  await removeExpiredSessions(bindIdentity({ database }, upkeepCaller));
}

async function forgetInAllProjects({ database, sealer, logger }: UpkeepPlatform): Promise<void> {
  let last: ProjectScope | undefined;
  do {
    const page = { size: projectsAtOnce, ...(last && { after: last.projectId }) };
    const scopes = await database.installation((tx) => listProjectScopes(tx, page));
    for (const scope of scopes) {
      const deliveries = await forgetOldAlerts({ database, sealer }, scope);
      const forgotten = { deliveries, ...(await fleetUpkeep(database, scope).forgetExpired()) };
      if (Object.values(forgotten).some((count) => count > 0)) {
        logger.info({ project: scope.projectId, ...forgotten }, "forgot what had ended");
      }
    }
    last = scopes.at(-1);
  } while (last !== undefined);
}
