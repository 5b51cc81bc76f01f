import { readConfig, WorkerEnv, workerSettings } from "@rampart/config";
import { openDatabase } from "@rampart/database";
import { jobLedger } from "@rampart/database/unscoped";
import { openQueues } from "@rampart/queue";
import { loadInstallationKey } from "@rampart/secrets";
import { createLogger, runProcess, type Running } from "@rampart/telemetry";
import { startAlerting } from "@rampart/worker-alerting";
import { startIntelligence } from "@rampart/worker-intelligence";
import { startRelay } from "@rampart/worker-relay";
import { startScanning } from "@rampart/worker-scanning";
import { startUpkeep } from "@rampart/worker-upkeep";
import { z } from "zod";

const Env = WorkerEnv.extend({
  RAMPART_KEY_FILE: z.string().min(1).max(4096),
  RAMPART_INTEL_DIR: z.string().min(1).max(4096).optional(),
});

const logger = createLogger({ process: "workers" });

/** All lanes in one process: what a single host needs. In production each lane is a process of its own. */
await runProcess(logger, async (): Promise<Running> => {
  const env = readConfig("The workers", Env, process.env);
  const { databaseUrl, queue } = workerSettings(env);
  const { sealer } = await loadInstallationKey(env.RAMPART_KEY_FILE);
  const database = openDatabase({ url: databaseUrl });
  const queues = openQueues(queue);
  const platform = { database, sealer, queue, queues, ledger: jobLedger(database), logger };
  const feedFolder = env.RAMPART_INTEL_DIR;
  const lanes: readonly Running[] = [
    startScanning(platform),
    startAlerting(platform),
    startIntelligence({ ...platform, ...(feedFolder !== undefined && { feedFolder }) }),
    startUpkeep(platform),
    await startRelay(platform),
  ];
  return {
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
      await queues.close();
      await database.close();
    },
  };
});
