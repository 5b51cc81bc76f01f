import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boundAlerts, channel, profile, violation } from "../fixture/bound-alerts.ts";
import { ListDeliveries } from "../contract.ts";
import { countDeliveries } from "./count-deliveries.ts";
import { deliverChannel, leaseMs } from "./deliver-channel.ts";
import { forgetDeliveries, keptDays } from "./forget-deliveries.ts";
import { getChannel } from "./get-channel.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { resendDeliveries } from "./resend-deliveries.ts";
import { routeFact } from "./route-fact.ts";
import { saveAlertLabels } from "./save-alert-labels.ts";
import { saveChannel } from "./save-channel.ts";
import { saveProfile } from "./save-profile.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

async function withChannel() {
  const scope = await db.newProject();
  const bound = boundAlerts(db, scope);
  const { id: channelId } = await saveChannel(bound.ctx, channel());
  const list = (asked: Partial<ListDeliveries> = {}) => listDeliveries(bound.ctx, ListDeliveries.parse(asked));
  const facts = async () =>
    (
      await db.ownerQuery<{ type: string }>("select type from platform_outbox where project_id = $1 order by id", [
        scope.projectId,
      ])
    ).map(({ type }) => type);
  return { ...bound, scope, channelId, list, facts };
}

describe("routeFact", () => {
  test("refuses without permission", async () => {
    const { ctx } = boundAlerts(db, await db.newProject(), ["alerts.read"]);
    await expect(routeFact(ctx, violation())).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("queues one delivery per profile that asks, with its reason and the declared labels", async () => {
    const { ctx, channelId, list } = await withChannel();
    await saveAlertLabels(ctx, { labels: ["team"] });
    await saveProfile(ctx, profile({ channelId, where: { team: "payments" } }));
    await saveProfile(ctx, profile({ channelId, name: "search", where: { team: "search" } }));
    expect(await routeFact(ctx, violation({ labels: { team: "payments", build: "7" } }))).toEqual([channelId]);
    const { rows, total } = await list();
    expect(total).toBe(2);
    expect(new Set(rows.map(({ profileName, because, state }) => `${profileName}: ${because}: ${state}`))).toEqual(
      new Set(["All alerts: profile asks for no label: queued", "payments: team=payments: queued"]),
    );
    expect(rows[0]?.labels).toEqual([{ name: "team", value: "payments" }]);
  });

  test("hearing a fact twice changes nothing more", async () => {
    const { ctx, list } = await withChannel();
    const fact = violation();
    await routeFact(ctx, fact);
    expect(await routeFact(ctx, fact)).toEqual([]);
    expect((await list()).total).toBe(1);
  });

  test("a Defender's state told again is no news until it has changed", async () => {
    const { ctx, list, clock } = await withChannel();
    const payload = { defenderId: ctx.ids.next(), hostname: "node-1" };
    for (const type of ["disconnected", "disconnected", "connected", "disconnected"] as const) {
      clock.advance(1_000);
      await routeFact(ctx, { type: `fleet.defender-${type}`, payload });
    }
    expect((await list()).rows.map(({ factType }) => factType)).toEqual([
      "fleet.defender-disconnected",
      "fleet.defender-connected",
      "fleet.defender-disconnected",
    ]);
  });

  test("sends nothing to another project's channel", async () => {
    const mine = await withChannel();
    const other = await withChannel();
    await routeFact(other.ctx, violation());
    expect((await mine.list()).total).toBe(0);
    await deliverChannel(mine.ctx, { channelId: other.channelId });
    expect(mine.receiver.arrived).toEqual([]);
  });

  test("a channel that is off gets no deliveries", async () => {
    const { ctx, channelId, list } = await withChannel();
    await saveChannel(ctx, channel({ id: channelId, enabled: false }));
    await routeFact(ctx, violation());
    expect((await list()).total).toBe(0);
  });

  test("with a period, the first goes at once and the rest together at its end", async () => {
    const { ctx, channelId, clock, receiver } = await withChannel();
    const [all] = await ctx.read(({ profiles }) => profiles.list());
    await saveProfile(ctx, { ...profile({ channelId, name: "All alerts", periodSeconds: 60 }), id: all?.id });
    for (let alert = 0; alert < 5; alert += 1) await routeFact(ctx, violation());
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toHaveLength(1);
    clock.advance(59_999);
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toHaveLength(1);
    clock.advance(1);
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toHaveLength(5);
  });
});

describe("deliverChannel", () => {
  test("sends what is due, in order, once", async () => {
    const { ctx, channelId, receiver, list } = await withChannel();
    const facts = Array.from({ length: 120 }, () => violation());
    for (const fact of facts) await routeFact(ctx, fact);
    await deliverChannel(ctx, { channelId });
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived.map(({ factId }) => factId)).toEqual(facts.map(({ auditId }) => auditId));
    expect(await countDeliveries(ctx)).toMatchObject({ sent: 120, queued: 0 });
    expect((await list({ limit: 1 })).rows[0]).toMatchObject({
      state: "sent",
      attempts: 1,
      latencyMs: 60_000,
      nextAttemptAt: null,
    });
  });

  test("refuses without permission", async () => {
    const { scope, channelId } = await withChannel();
    await expect(deliverChannel(boundAlerts(db, scope, []).ctx, { channelId })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("runs at the same time send each alert once", async () => {
    const { ctx, channelId, receiver } = await withChannel();
    for (let alert = 0; alert < 20; alert += 1) await routeFact(ctx, violation());
    await Promise.all([1, 2, 3].map(() => deliverChannel(ctx, { channelId })));
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toHaveLength(20);
  });

  test("waits longer after each failure and then delivers everything in order", async () => {
    const { ctx, channelId, receiver, clock } = await withChannel();
    receiver.broken = true;
    const first = violation();
    await routeFact(ctx, first);
    for (const waitMs of [0, 1_000, 2_000, 4_000]) {
      clock.advance(waitMs - 1);
      await deliverChannel(ctx, { channelId });
      clock.advance(1);
      await deliverChannel(ctx, { channelId });
    }
    expect(receiver.targets).toHaveLength(4);
    expect(await getChannel(ctx, { id: channelId })).toMatchObject({ state: "failing", failures: 4, waiting: 1 });
    const second = violation();
    await routeFact(ctx, second);
    receiver.broken = false;
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toEqual([]);
    clock.advance(8_000);
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived.map(({ factId }) => factId)).toEqual([first, second].map(({ auditId }) => auditId));
    expect(await getChannel(ctx, { id: channelId })).toMatchObject({
      state: "idle",
      failures: 0,
      failingSince: null,
      lastError: null,
    });
  });

  test("a broken channel is told once, and once when it sends again", async () => {
    const { ctx, channelId, receiver, clock, facts } = await withChannel();
    receiver.broken = true;
    await routeFact(ctx, violation());
    for (let failure = 0; failure < 8; failure += 1) {
      await deliverChannel(ctx, { channelId });
      clock.advance(hourMs);
    }
    receiver.broken = false;
    await deliverChannel(ctx, { channelId });
    expect(await facts()).toEqual(["alerts.channel-failing", "alerts.channel-recovered"]);
  });

  test("gives up after a day, and a person can send it anew", async () => {
    const { ctx, channelId, receiver, clock, list } = await withChannel();
    receiver.broken = true;
    await routeFact(ctx, violation());
    for (let hour = 0; hour <= 25; hour += 1) {
      await deliverChannel(ctx, { channelId });
      clock.advance(hourMs);
    }
    const { rows } = await list({ states: ["given-up"] });
    expect(rows).toMatchObject([{ lastError: expect.stringContaining("ECONNREFUSED"), nextAttemptAt: null }]);
    expect(await getChannel(ctx, { id: channelId })).toMatchObject({ givenUp: 1, waiting: 0, nextAttemptAt: null });
    receiver.broken = false;
    expect(await resendDeliveries(ctx, { channelId })).toEqual({ resent: 1 });
    expect(await resendDeliveries(ctx, { channelId })).toEqual({ resent: 0 });
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toHaveLength(1);
  });

  test("what a run that died had taken is sent again when its lease ends", async () => {
    const { ctx, channelId, receiver, clock } = await withChannel();
    await routeFact(ctx, violation());
    const dying = { ...ctx, media: { ...ctx.media, send: () => new Promise<never>(() => undefined) } };
    void deliverChannel(dying, { channelId });
    await expect.poll(async () => (await countDeliveries(ctx)).sending).toBe(1);
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toHaveLength(0);
    clock.advance(leaseMs);
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toHaveLength(1);
  });

  test("changing a failing channel tries it at once", async () => {
    const { ctx, channelId, receiver } = await withChannel();
    receiver.broken = true;
    await routeFact(ctx, violation());
    await deliverChannel(ctx, { channelId });
    receiver.broken = false;
    await saveChannel(ctx, channel({ id: channelId, settings: { host: "other.example.com" } }));
    await deliverChannel(ctx, { channelId });
    expect(receiver.arrived).toHaveLength(1);
  });
});

describe("the list of deliveries", () => {
  test("finds by state, channel, profile and words; refuses without permission; ends at the project", async () => {
    const { ctx, channelId, list, scope } = await withChannel();
    await routeFact(ctx, violation({ resourceName: "shop/web:100%" }));
    await routeFact(ctx, violation({ resourceName: "shop/api" }));
    expect((await list({ search: "100%" })).total).toBe(1);
    expect((await list({ channelId, states: ["queued"] })).total).toBe(2);
    expect((await list({ states: ["sent"] })).total).toBe(0);
    expect((await list({ profileId: ctx.ids.next() })).total).toBe(0);
    expect((await list({ offset: 1, limit: 1 })).rows).toHaveLength(1);
    await expect(listDeliveries(boundAlerts(db, scope, []).ctx, ListDeliveries.parse({}))).rejects.toMatchObject({
      kind: "forbidden",
    });
    const other = await withChannel();
    expect((await other.list()).total).toBe(0);
    await expect(resendDeliveries(boundAlerts(db, scope, ["alerts.read"]).ctx, { channelId })).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("forgets what is settled and old, and keeps what waits", async () => {
    const { ctx, channelId, clock, list, receiver } = await withChannel();
    await routeFact(ctx, violation());
    await deliverChannel(ctx, { channelId });
    receiver.broken = true;
    await routeFact(ctx, violation());
    clock.advance(keptDays * dayMs + 1);
    expect(await forgetDeliveries(ctx)).toBe(1);
    expect((await list()).rows.map(({ state }) => state)).toEqual(["queued"]);
  });
});
