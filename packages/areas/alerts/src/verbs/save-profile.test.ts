import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { boundAlerts, channel, profile, violation } from "../fixture/bound-alerts.ts";
import { getAlertLabels } from "./get-alert-labels.ts";
import { getProfile } from "./get-profile.ts";
import { listProfiles } from "./list-profiles.ts";
import { previewProfile } from "./preview-profile.ts";
import { removeProfile } from "./remove-profile.ts";
import { routeFact } from "./route-fact.ts";
import { saveAlertLabels } from "./save-alert-labels.ts";
import { saveChannel } from "./save-channel.ts";
import { saveProfile } from "./save-profile.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

async function withChannel() {
  const scope = await db.newProject();
  const bound = boundAlerts(db, scope);
  const { id: channelId } = await saveChannel(bound.ctx, channel({ withDefaultProfile: false }));
  return { ...bound, scope, channelId };
}

describe("saveProfile", () => {
  test("refuses without permission", async () => {
    const { scope, channelId } = await withChannel();
    const { ctx } = boundAlerts(db, scope, ["alerts.read"]);
    await expect(saveProfile(ctx, profile({ channelId }))).rejects.toMatchObject({ kind: "forbidden" });
    await expect(removeProfile(ctx, { id: channelId })).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("does not see another project: neither its profiles nor its channels", async () => {
    const mine = await withChannel();
    const other = await withChannel();
    const saved = await saveProfile(mine.ctx, profile({ channelId: mine.channelId }));
    await expect(saveProfile(other.ctx, profile({ channelId: mine.channelId }))).rejects.toMatchObject({
      kind: "not-found",
    });
    await expect(saveProfile(other.ctx, profile({ id: saved.id, channelId: other.channelId }))).rejects.toMatchObject({
      kind: "not-found",
    });
    await expect(getProfile(other.ctx, saved)).rejects.toMatchObject({ kind: "not-found" });
    await expect(removeProfile(other.ctx, saved)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("saving twice changes nothing more, and is audited with before and after", async () => {
    const { ctx, channelId, scope } = await withChannel();
    const asked = profile({
      channelId,
      where: { team: "payments" },
      unlabelled: "send",
      periodSeconds: 60,
      severityAtLeast: "high",
    });
    const saved = await saveProfile(ctx, asked);
    expect(saved).toMatchObject({ ...asked, channelName: "siem", deliveries: 0 });
    expect(await saveProfile(ctx, { ...asked, id: saved.id })).toEqual(saved);
    expect(await listProfiles(ctx)).toEqual([saved]);
    const entries = await db.ownerQuery<{ action: string; before: unknown; after: { where: unknown } }>(
      "select action, before, after from audit_entry where project_id = $1 and action like 'alerts.profile%' order by id",
      [scope.projectId],
    );
    expect(entries.map(({ action }) => action)).toEqual(["alerts.profile.created", "alerts.profile.updated"]);
    expect(entries[1]?.before).toEqual(entries[1]?.after);
  });

  test("refuses a name that is taken", async () => {
    const { ctx, channelId } = await withChannel();
    await saveProfile(ctx, profile({ channelId }));
    await expect(saveProfile(ctx, profile({ channelId }))).rejects.toMatchObject({
      reason: "alerts.profile.name-taken",
    });
  });
});

describe("previewProfile", () => {
  test("says which of the last alerts would have been sent, and why", async () => {
    const { ctx, channelId } = await withChannel();
    for (const team of ["payments", "search", "payments"]) await routeFact(ctx, violation({ labels: { team } }));
    const {
      id: _,
      name: _name,
      notes: _notes,
      channelId: _channel,
      ...asked
    } = profile({ channelId, where: { team: "payments" }, enabled: false });
    const preview = await previewProfile(ctx, asked);
    expect(preview.looked).toBe(3);
    expect(preview.matched.map(({ because }) => because)).toEqual(["team=payments", "team=payments"]);
  });

  test("looks back on this project only", async () => {
    const { ctx } = await withChannel();
    const { id: _, name: _name, notes: _notes, channelId: _channel, ...asked } = profile({ channelId: ctx.ids.next() });
    expect(await previewProfile(ctx, asked)).toEqual({ looked: 0, matched: [] });
  });
});

describe("alert labels", () => {
  test("are declared as a whole, in order, and tell how many alerts carry them", async () => {
    const { ctx } = await withChannel();
    await saveAlertLabels(ctx, { labels: ["team", "owner"] });
    await routeFact(ctx, violation({ labels: { team: "payments" } }));
    expect(await getAlertLabels(ctx)).toEqual({
      labels: ["team", "owner"],
      carried: [
        { name: "team", alerts: 1 },
        { name: "owner", alerts: 0 },
      ],
      alertsLooked: 1,
    });
    await saveAlertLabels(ctx, { labels: ["owner"] });
    expect((await getAlertLabels(ctx)).labels).toEqual(["owner"]);
  });

  test("refuse without permission and do not see another project", async () => {
    const { ctx } = await withChannel();
    const other = await withChannel();
    await saveAlertLabels(ctx, { labels: ["team"] });
    expect((await getAlertLabels(other.ctx)).labels).toEqual([]);
    const reader = boundAlerts(db, ctx.scope, ["alerts.read"]);
    await expect(saveAlertLabels(reader.ctx, { labels: [] })).rejects.toMatchObject({ kind: "forbidden" });
  });
});
