import { listDeliveries, saveAlertLabels, saveChannel } from "@rampart/alerts";
import { bindAlerts } from "@rampart/alerts/bind";
import { ListDeliveries, SaveChannel, type SyslogSettings } from "@rampart/alerts/contract";
import { alertSubscriptions } from "@rampart/alerts/jobs";
import type { QueueSettings } from "@rampart/config";
import { jobLedger } from "@rampart/database/unscoped";
import type { ProjectScope } from "@rampart/kernel";
import { openQueues } from "@rampart/queue";
import { sealerFromKey } from "@rampart/secrets";
import { createLogger, type Running } from "@rampart/telemetry";
import { sharedRedis, testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { startAlerting } from "@rampart/worker-alerting";
import { startRelay } from "@rampart/worker-relay";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startRsyslog, type Rsyslog } from "./rsyslog.ts";

const logger = createLogger({ process: "test", level: "silent" });
const sealer = sealerFromKey(new Uint8Array(32));
const waitLong = { timeout: 30_000, interval: 50 };

let rsyslog: Rsyslog;
beforeAll(async () => {
  rsyslog = await startRsyslog();
});
afterAll(() => rsyslog.stop());

describe.each(["postgres", "redis"] as const)("the alerting lane with jobs on %s", (kind) => {
  let db: TestDatabase;
  const running: Running[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    const queue: QueueSettings =
      kind === "redis" ? { kind, url: `${(await sharedRedis()).url}/6` } : { kind, url: db.url };
    const queues = openQueues(queue);
    const platform = { database: db.database, sealer, queue, queues, ledger: jobLedger(db.database), logger };
    const relay = await startRelay(platform, alertSubscriptions);
    running.push(relay, startAlerting(platform), queues);
  });
  afterAll(async () => {
    for (const part of running) await part.close();
    await db.drop();
  });

  async function newChannel(about: Partial<SyslogSettings> = {}) {
    const scope = await db.newProject();
    const ctx = bindAlerts({ database: db.database, sealer }, scope, testCaller());
    await saveAlertLabels(ctx, { labels: ["team"] });
    const settings = {
      kind: "syslog",
      host: "127.0.0.1",
      port: rsyslog.ports.tcp,
      transport: "tcp",
      detail: "summary",
      ...about,
    };
    const channel = await saveChannel(ctx, SaveChannel.parse({ name: "siem", settings }));
    return { ctx, scope, channel };
  }

  const arrived = async (factIds: readonly string[]) => {
    const seen = new Set(
      (await rsyslog.received()).map(({ structuredData }) => /fact="([^"]+)"/.exec(structuredData)?.[1]),
    );
    return factIds.filter((id) => seen.has(id)).length;
  };

  /** Appends facts as the area of vulnerabilities does, each in a transaction of its own. */
  async function violate(scope: ProjectScope, count: number): Promise<readonly string[]> {
    const ids = Array.from({ length: count }, () => randomUUID());
    for (const auditId of ids) {
      const payload = JSON.stringify({ violations: [{ ...violated, auditId, at: new Date().toISOString() }] });
      await db.database.unit(
        scope,
        (tx) => tx.$executeRaw`insert into platform_outbox (project_id, id, tenant_id, type, payload) values
          (${scope.projectId}::uuid, ${randomUUID()}::uuid, ${scope.tenantId}::uuid, 'vulnerabilities.rules-violated', ${payload}::jsonb)`,
      );
    }
    return ids;
  }

  test("a fact in the outbox reaches the receiver by itself, with its label", async () => {
    const { ctx, scope } = await newChannel();
    const ids = await violate(scope, 1);
    await expect.poll(() => arrived(ids), waitLong).toBe(1);
    await expect
      .poll(async () => (await listDeliveries(ctx, ListDeliveries.parse({}))).rows, waitLong)
      .toMatchObject([{ state: "sent", attempts: 1 }]);
    const told = (await rsyslog.received()).find(({ structuredData }) => structuredData.includes(ids[0] ?? "none"));
    expect(told?.msg).toContain('custom_labels="team:payments"');
  });

  test("facts that nobody could hear wait, and all arrive once the receiver is back", async () => {
    const { ctx, scope } = await newChannel();
    await rsyslog.kill();
    const ids = await violate(scope, 30);
    const failing = async () => (await ctx.read(({ channels }) => channels.list())).map(({ state }) => state);
    await expect.poll(failing, waitLong).toEqual(["failing"]);
    await rsyslog.start();
    await expect.poll(() => arrived(ids), waitLong).toBe(30);
    await expect.poll(failing, waitLong).toEqual(["idle"]);
  });

  test("a broken channel does not hold up the others", async () => {
    const broken = await newChannel({ port: 9 });
    const well = await newChannel();
    await violate(broken.scope, 5);
    const ids = await violate(well.scope, 5);
    await expect.poll(() => arrived(ids), waitLong).toBe(5);
  });
});

const violated = {
  resourceKind: "image",
  resourceId: "sha256:aa",
  resourceName: "shop/web:1.2",
  ruleName: "prod",
  effect: "alert",
  counts: { critical: 0, high: 1, medium: 0, low: 0, unknown: 0 },
  labels: { team: "payments" },
  findings: [{ cve: "CVE-2014-0160", severity: "high", packageName: "openssl", packageVersion: "1.0.1e" }],
  findingTotal: 1,
};
