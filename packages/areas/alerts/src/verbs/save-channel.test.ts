import { type ProjectScope, Refusal } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boundAlerts, channel } from "../fixture/bound-alerts.ts";
import { getChannel } from "./get-channel.ts";
import { listChannels } from "./list-channels.ts";
import { listProfiles } from "./list-profiles.ts";
import { removeChannel } from "./remove-channel.ts";
import { saveChannel } from "./save-channel.ts";
import { testChannel } from "./test-channel.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const audited = async (scope: ProjectScope) =>
  (
    await db.ownerQuery<{ action: string }>("select action from audit_entry where project_id = $1 order by id", [
      scope.projectId,
    ])
  ).map(({ action }) => action);

describe("saveChannel", () => {
  test("refuses without permission", async () => {
    const { ctx } = boundAlerts(db, await db.newProject(), ["alerts.read"]);
    await expect(saveChannel(ctx, channel())).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("makes a channel with a profile that sends it every alert, and audits it", async () => {
    const scope = await db.newProject();
    const { ctx } = boundAlerts(db, scope);
    const saved = await saveChannel(ctx, channel());
    expect(saved).toMatchObject({
      name: "siem",
      state: "idle",
      destination: "tcp://siem.example.com:514",
      profiles: ["All alerts"],
    });
    expect(await listChannels(ctx)).toEqual([saved]);
    expect(await listProfiles(ctx)).toMatchObject([
      { name: "All alerts", channelId: saved.id, ruleNames: [], where: {} },
    ]);
    expect(await audited(scope)).toEqual(["alerts.channel.created"]);
  });

  test("saving twice changes nothing more", async () => {
    const { ctx } = boundAlerts(db, await db.newProject());
    const saved = await saveChannel(ctx, channel());
    await saveChannel(ctx, channel({ id: saved.id }));
    expect(await saveChannel(ctx, channel({ id: saved.id }))).toEqual(saved);
    expect(await listProfiles(ctx)).toHaveLength(1);
  });

  test("does not see another project", async () => {
    const mine = boundAlerts(db, await db.newProject());
    const other = boundAlerts(db, await db.newProject());
    const saved = await saveChannel(mine.ctx, channel());
    await expect(getChannel(other.ctx, saved)).rejects.toMatchObject({ kind: "not-found" });
    await expect(saveChannel(other.ctx, channel({ id: saved.id }))).rejects.toMatchObject({ kind: "not-found" });
    await expect(removeChannel(other.ctx, { id: saved.id, withProfiles: true })).rejects.toMatchObject({
      kind: "not-found",
    });
    await expect(testChannel(other.ctx, { ...channel(), id: saved.id })).rejects.toMatchObject({ kind: "not-found" });
    expect(await listChannels(other.ctx)).toEqual([]);
  });

  test("refuses a name that is taken", async () => {
    const { ctx } = boundAlerts(db, await db.newProject());
    await saveChannel(ctx, channel());
    await expect(saveChannel(ctx, channel())).rejects.toMatchObject({ reason: "alerts.channel.name-taken" });
  });

  test("refuses a certificate that cannot work", async () => {
    const { ctx } = boundAlerts(db, await db.newProject());
    const broken = channel({ settings: { transport: "tls", ca: "not a certificate" } });
    await expect(saveChannel(ctx, broken)).rejects.toMatchObject({ reason: "alerts.channel.certificate-unusable" });
    const leaked = channel({ settings: { transport: "tls", ca: "-----BEGIN PRIVATE KEY-----" } });
    await expect(saveChannel(ctx, leaked)).rejects.toThrow(/private key/);
    expect(await listChannels(ctx)).toEqual([]);
  });

  test("a secret is stored sealed, kept when not given again, and leaves neither by view nor by audit", async () => {
    const scope = await db.newProject();
    const { ctx, receiver } = boundAlerts(db, scope);
    const saved = await saveChannel(ctx, channel({ secrets: { clientKey: "needle" } }));
    expect(saved.secretsStored).toEqual(["clientKey"]);
    await saveChannel(ctx, channel({ id: saved.id, name: "renamed" }));
    const tables = ["alerts_channel", "audit_entry", "platform_outbox"];
    const rows = await Promise.all(tables.map((table) => db.ownerQuery(`select * from ${table}`)));
    expect(JSON.stringify([saved, rows])).not.toContain("needle");
    await ctx.media.send(
      { settings: saved.settings, secrets: await ctx.read(({ channels }) => channels.readSecrets(saved.id)) },
      [],
    );
    expect(receiver.targets[0]?.secrets).toEqual({ clientKey: "needle" });
    expect((await saveChannel(ctx, channel({ id: saved.id, secrets: { clientKey: "" } }))).secretsStored).toEqual([]);
  });
});

describe("removeChannel", () => {
  test("keeps a channel that profiles send to, unless they may go too", async () => {
    const scope = await db.newProject();
    const { ctx } = boundAlerts(db, scope);
    const { id } = await saveChannel(ctx, channel());
    await expect(removeChannel(ctx, { id, withProfiles: false })).rejects.toThrow(/"All alerts"/);
    await removeChannel(ctx, { id, withProfiles: true });
    expect(await listChannels(ctx)).toEqual([]);
    expect(await listProfiles(ctx)).toEqual([]);
    expect(await audited(scope)).toEqual(["alerts.channel.created", "alerts.channel.removed"]);
    await expect(removeChannel(ctx, { id, withProfiles: true })).rejects.toThrow(Refusal);
  });

  test("refuses without permission", async () => {
    const { ctx } = boundAlerts(db, await db.newProject(), ["alerts.read"]);
    const id = "0198c0de-0000-7000-8000-000000000001";
    await expect(removeChannel(ctx, { id, withProfiles: true })).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("testChannel", () => {
  test("refuses without permission and audits who tried which destination", async () => {
    const scope = await db.newProject();
    await expect(testChannel(boundAlerts(db, scope, ["alerts.read"]).ctx, channel())).rejects.toMatchObject({
      kind: "forbidden",
    });
    expect((await testChannel(boundAlerts(db, scope).ctx, channel())).ok).toBe(true);
    expect(await audited(scope)).toEqual(["alerts.channel.tested"]);
  });
});
