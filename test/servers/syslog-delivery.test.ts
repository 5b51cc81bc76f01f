import { readFile } from "node:fs/promises";
import { deliverChannel, routeFact, saveAlertLabels, saveChannel, testChannel } from "@rampart/alerts";
import { bindAlerts } from "@rampart/alerts/bind";
import {
  SaveChannel,
  SyslogSettings,
  TestChannel,
  type RouteFact,
  type SyslogTransport,
} from "@rampart/alerts/contract";
import { readMessage } from "@rampart/alerts/core";
import { sealerFromKey } from "@rampart/secrets";
import { testCaller, testClock, testDatabase, type TestDatabase } from "@rampart/testing";
import { RuleViolated } from "@rampart/vulnerabilities/contract";
import { randomUUID } from "node:crypto";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "./free-port.ts";
import { startRsyslog, type ReceivedMessage, type Rsyslog } from "./rsyslog.ts";

let db: TestDatabase;
let rsyslog: Rsyslog;
let pem: { ca: string; certificate: string; key: string };

beforeAll(async () => {
  db = await testDatabase();
  rsyslog = await startRsyslog();
  const { ca, certificate, key } = rsyslog.certificates;
  pem = {
    ca: await readFile(ca, "utf8"),
    certificate: await readFile(certificate, "utf8"),
    key: await readFile(key, "utf8"),
  };
});
afterAll(async () => {
  await rsyslog.stop();
  await db.drop();
});

function settings(transport: SyslogTransport, about: Partial<SyslogSettings> = {}): SyslogSettings {
  const tls = transport === "tls" ? { ca: pem.ca } : {};
  return SyslogSettings.parse({
    kind: "syslog",
    host: "127.0.0.1",
    port: rsyslog.ports[transport],
    transport,
    ...tls,
    ...about,
  });
}

async function newAlerts() {
  const clock = testClock();
  const ctx = bindAlerts(
    { database: db.database, sealer: sealerFromKey(new Uint8Array(32)), clock },
    await db.newProject(),
    testCaller(),
  );
  return { ctx, clock };
}

function violation(about: Partial<RuleViolated> = {}): RouteFact & { auditId: string } {
  const payload = RuleViolated.parse({
    auditId: randomUUID(),
    resourceKind: "image",
    resourceId: "sha256:aa",
    resourceName: "shop/web:1.2",
    ruleName: "prod",
    effect: "alert",
    counts: { critical: 0, high: 1, medium: 0, low: 0, unknown: 0 },
    labels: { team: "payments", build: "7" },
    findings: [
      {
        cve: "CVE-2014-0160",
        severity: "high",
        packageName: "openssl",
        packageVersion: "1.0.1e",
        fixVersion: "1.0.1g",
      },
    ],
    findingTotal: 1,
    at: "2026-01-05T09:59:00.000Z",
    ...about,
  });
  return { type: "vulnerabilities.rules-violated", payload: { violations: [payload] }, auditId: payload.auditId };
}

/** Messages of one fact, in the order in which they arrived. */
function aboutFact(messages: readonly ReceivedMessage[], factId: string): readonly ReceivedMessage[] {
  return messages.filter(({ structuredData }) => structuredData.includes(`fact="${factId}"`));
}

/** What arrived, read by our own reader from the parts that rsyslog took it to. */
function reread(message: ReceivedMessage) {
  const { timestamp, host, app, procid, msgid, structuredData, msg } = message;
  const read = readMessage(`<139>1 ${timestamp} ${host} ${app} ${procid} ${msgid} ${structuredData} ${msg}`);
  return { pairs: new Map(read?.pairs), params: read?.params ?? [] };
}

async function untilFactArrived(factId: string, count: number): Promise<readonly ReceivedMessage[]> {
  await expect.poll(async () => aboutFact(await rsyslog.received(), factId).length).toBeGreaterThanOrEqual(count);
  return aboutFact(await rsyslog.received(), factId);
}

describe.each(["udp", "tcp", "tls"] as const)("a policy violation over %s", (transport) => {
  test("reaches rsyslog with the declared labels, whatever characters they hold", async () => {
    const { ctx } = await newAlerts();
    await saveAlertLabels(ctx, { labels: ["team", "owner"] });
    const { id: channelId } = await saveChannel(
      ctx,
      SaveChannel.parse({ name: "siem", settings: settings(transport) }),
    );
    const owner = 'Jörg "J" \\ [x]=1, 漢字';
    const fact = violation({ labels: { team: "payments", owner, secret: "not declared" } });
    await routeFact(ctx, fact);
    await deliverChannel(ctx, { channelId });
    const [summary, finding] = await untilFactArrived(fact.auditId, 2);
    expect(summary).toMatchObject({
      input: transport,
      facility: "local1",
      severity: "err",
      app: "rampart",
      msgid: "vulnerabilities.rule-violated",
    });
    const { pairs, params } = reread(finding ?? expect.fail("no second message"));
    expect(Object.fromEntries(pairs)).toMatchObject({
      type: "image_scan",
      log_type: "vulnerability",
      cve: "CVE-2014-0160",
      package: "openssl",
      vendor_status: "fixed in 1.0.1g",
      rule: "prod",
      custom_labels: `team:payments,owner:${owner}`,
    });
    expect(params.filter(([key]) => key === "label")).toEqual([
      ["label", "team=payments"],
      ["label", `owner=${owner}`],
    ]);
    expect(finding?.structuredData).not.toContain("not declared");
  });
});

test("a line break in a name stays inside one message, with either framing", async () => {
  for (const framing of ["octet-counted", "line-feed"] as const) {
    const { ctx } = await newAlerts();
    const asked = SaveChannel.parse({ name: "siem", settings: settings("tcp", { framing, detail: "summary" }) });
    const { id: channelId } = await saveChannel(ctx, asked);
    const fact = violation({ resourceName: "evil\n<34>1 - - forged - - - gotcha" });
    await routeFact(ctx, fact);
    await deliverChannel(ctx, { channelId });
    const [told] = await untilFactArrived(fact.auditId, 1);
    expect(told?.msg).toContain(String.raw`image_name="evil\n<34>1 - - forged`);
    expect((await rsyslog.received()).some(({ app }) => app === "forged")).toBe(false);
  }
});

describe("the test of a channel says what the other side answered", () => {
  const outcome = async (asked: Partial<SyslogSettings> & { transport: SyslogTransport }, secrets = {}) => {
    const { ctx } = await newAlerts();
    const { ok, steps } = await testChannel(
      ctx,
      TestChannel.parse({ settings: settings(asked.transport, asked), secrets }),
    );
    return { ok, last: steps.at(-1), steps: steps.map(({ step }) => step) };
  };

  test("works over TLS, with the certificate it met", async () => {
    const { ok, steps } = await outcome({ transport: "tls" });
    expect(ok).toBe(true);
    expect(steps).toEqual(["find the receiver", "connect and check the certificate", "send", "confirm"]);
  });

  test("works with a client certificate where one is asked for", async () => {
    const asked = { transport: "tls" as const, port: rsyslog.ports.mutualTls, clientCertificate: pem.certificate };
    expect((await outcome(asked, { clientKey: pem.key })).ok).toBe(true);
  });

  test.for([
    [
      "a missing client certificate",
      () => ({ transport: "tls" as const, port: rsyslog.ports.mutualTls }),
      "client certificate",
    ],
    ["an authority that is not trusted", () => ({ transport: "tls" as const, ca: "" }), "not trusted"],
    [
      "a certificate for another name",
      () => ({ transport: "tls" as const, serverName: "other.example.com" }),
      "another name",
    ],
    ["a name that nobody has", () => ({ transport: "tcp" as const, host: "nowhere.invalid" }), "name"],
  ] as const)("names %s", async ([, asked, words]) => {
    const { ok, last } = await outcome(asked());
    expect(ok).toBe(false);
    expect(last?.answer).toContain(words);
  });

  test.for(["udp", "tcp"] as const)("notices over %s that nothing listens", async (transport) => {
    const { ok, last } = await outcome({ transport, port: await freePort() });
    expect(ok).toBe(false);
    expect(last?.answer).toContain("nothing listens");
  });
});

describe("a receiver that goes away", () => {
  test("500 alerts arrive in order and complete, although rsyslog is killed and started again in between", async () => {
    const own = await startRsyslog();
    try {
      const { ctx, clock } = await newAlerts();
      const channel = { name: "siem", settings: settings("tcp", { port: own.ports.tcp, detail: "summary" }) };
      const { id: channelId } = await saveChannel(ctx, SaveChannel.parse(channel));
      const facts = Array.from({ length: 500 }, () => violation());
      for (const fact of facts.slice(0, 250)) await routeFact(ctx, fact);
      await deliverChannel(ctx, { channelId });
      await own.untilReceived(250);
      await own.kill();
      for (const fact of facts.slice(250)) await routeFact(ctx, fact);
      await deliverChannel(ctx, { channelId });
      await own.start();
      clock.advance(1_000);
      await deliverChannel(ctx, { channelId });
      const arrived = (await own.untilReceived(500)).map(
        ({ structuredData }) => /fact="([^"]+)"/.exec(structuredData)?.[1],
      );
      expect(arrived).toEqual(facts.map(({ auditId }) => auditId));
    } finally {
      await own.stop();
    }
  });

  test("what a receiver had taken but not read when it died is sent again", async () => {
    const { ctx, clock } = await newAlerts();
    // Takes connections into the system's buffers and reads nothing, then breaks off: a write to it succeeds all the same.
    const deaf = await listenDeaf();
    const channel = { name: "siem", settings: settings("tcp", { port: deaf.port, detail: "summary" }) };
    const saved = await saveChannel(ctx, SaveChannel.parse(channel));
    const facts = Array.from({ length: 10 }, () => violation());
    for (const fact of facts) await routeFact(ctx, fact);
    const sending = deliverChannel(ctx, { channelId: saved.id });
    await deaf.dieOnceTaken();
    await sending;
    await saveChannel(ctx, {
      ...saved,
      settings: settings("tcp", { detail: "summary" }),
      secrets: {},
      withDefaultProfile: false,
    });
    clock.advance(1_000);
    await deliverChannel(ctx, { channelId: saved.id });
    for (const { auditId } of facts) await untilFactArrived(auditId, 1);
  });
});

async function listenDeaf() {
  const connected = Promise.withResolvers<Socket>();
  const server: Server = createServer({ pauseOnConnect: true }, (socket) => connected.resolve(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    /** Breaks off once its system holds bytes that it has not read. */
    async dieOnceTaken() {
      const socket = await connected.promise;
      await expect.poll(() => unreadBytes(port)).toBeGreaterThan(0);
      socket.resetAndDestroy();
      server.close();
    },
  };
}

/** Bytes in the receive queues of a loopback port, see proc(5). */
async function unreadBytes(port: number): Promise<number> {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = (await readFile("/proc/net/tcp", "utf8")).split("\n").map((line) => line.trim().split(/\s+/));
  const queues = lines.filter(([, address]) => address === local).map((fields) => fields[4]?.split(":")[1] ?? "0");
  return queues.reduce((sum, queue) => sum + Number.parseInt(queue, 16), 0);
}
