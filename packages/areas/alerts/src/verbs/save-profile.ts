import { invariant, Refusal } from "@rampart/kernel";
import { profilesMax, type ProfileView, type SaveProfile } from "../contract.ts";
import type { AlertsCtx, AlertStores } from "../ports.ts";
import { channelNotFound } from "./get-channel.ts";
import { profileNotFound } from "./get-profile.ts";

/** Makes or changes a profile. Alerts that were routed before keep their way. */
export async function saveProfile(ctx: AlertsCtx, asked: SaveProfile): Promise<ProfileView> {
  ctx.require("alerts.write");
  return ctx.unit(async ({ profiles, channels, audit }) => {
    const before = asked.id === undefined ? null : await profiles.find(asked.id);
    if (asked.id !== undefined && before === null) throw profileNotFound();
    if ((await channels.find(asked.channelId)) === null) throw channelNotFound();
    await refuseUnlessFree(profiles, asked);
    const profile = { ...asked, id: before?.id ?? ctx.ids.next() };
    if (before === null) await profiles.insert(profile, ctx.clock.now());
    else await profiles.update(profile, ctx.clock.now());
    const after = await profiles.find(profile.id);
    invariant(after !== null, "a saved profile is found");
    await audit.record(before === null ? "alerts.profile.created" : "alerts.profile.updated", {
      subject: after.name,
      ...(before !== null && { before: forAudit(before) }),
      after: forAudit(after),
    });
    return after;
  });
}

async function refuseUnlessFree(profiles: AlertStores["profiles"], { id, name }: SaveProfile): Promise<void> {
  const namesake = await profiles.findByName(name);
  if (namesake !== null && namesake.id !== id) {
    throw new Refusal(
      "conflict",
      "alerts.profile.name-taken",
      `There is already an alert profile named "${name}"; choose another name.`,
    );
  }
  if (id === undefined && (await profiles.count()) >= profilesMax) {
    throw new Refusal(
      "limit",
      "alerts.profile.too-many",
      `A project has at most ${profilesMax} alert profiles; remove one first.`,
    );
  }
}

/** What people own of a profile, without its numbers. */
export function forAudit(view: ProfileView) {
  const {
    deliveries: _deliveries,
    lastError: _lastError,
    createdAt: _createdAt,
    updatedAt: _updatedAt,
    ...owned
  } = view;
  return owned;
}
