import { Refusal } from "@rampart/kernel";
import { restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindAlerts } from "../bind.ts";
import { SaveAlertLabels, TestChannel } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";
import { getAlertLabels } from "../verbs/get-alert-labels.ts";
import { profileNotFound } from "../verbs/get-profile.ts";
import { listChannels } from "../verbs/list-channels.ts";
import { listProfiles } from "../verbs/list-profiles.ts";
import { removeProfile } from "../verbs/remove-profile.ts";
import { saveAlertLabels } from "../verbs/save-alert-labels.ts";
import { testChannel } from "../verbs/test-channel.ts";
import { LoggingSettings, readLogging, saveLogging } from "./rest/logging.ts";
import { ReferenceProfile, toReferenceProfile } from "./rest/reference-profile.ts";
import { saveReferenceProfile, toSettings } from "./rest/save-reference-profile.ts";

const nothing = z.object({});
const tag = "Alerts";

const labelRoutes: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/settings/custom-labels",
    tag,
    summary: "Names of the labels that alerts carry",
    query: nothing,
    answers: "json",
    run: async (request) => ({ kind: "json", value: { labels: (await getAlertLabels(ctxOf(request))).labels } }),
  }),
  restRoute({
    method: "post",
    path: "/settings/custom-labels",
    tag,
    summary: "Declare the labels that alerts carry",
    query: nothing,
    body: SaveAlertLabels,
    answers: "empty",
    run: async (request) => {
      await saveAlertLabels(ctxOf(request), request.body);
      return { kind: "empty" };
    },
  }),
];

const profileRoutes: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/alert-profiles",
    tag,
    summary: "Alert profiles, each with its channel",
    query: nothing,
    answers: "rows",
    run: async (request) => {
      const ctx = ctxOf(request);
      const channels = new Map((await listChannels(ctx)).map((channel) => [channel.id, channel]));
      const profiles = await listProfiles(ctx);
      const rows = profiles.map((profile) => toReferenceProfile(profile, channels.get(profile.channelId)));
      return { kind: "rows", rows, total: rows.length };
    },
  }),
  restRoute({
    method: "get",
    path: "/alert-profiles/names",
    tag,
    summary: "Names of the alert profiles",
    query: nothing,
    answer: z.array(z.string().max(128)).max(1_000),
    answers: "json",
    run: async (request) => ({ kind: "json", value: (await listProfiles(ctxOf(request))).map(({ name }) => name) }),
  }),
  restRoute({
    method: "post",
    path: "/alert-profiles",
    tag,
    summary: "Make or change an alert profile, found by its name",
    query: nothing,
    body: ReferenceProfile,
    answers: "empty",
    run: async (request) => {
      await saveReferenceProfile(ctxOf(request), request.body);
      return { kind: "empty" };
    },
  }),
  restRoute({
    method: "post",
    path: "/alert-profiles/test",
    tag,
    summary: "Send a test alert through the channel of a profile, at once",
    query: nothing,
    body: ReferenceProfile,
    answers: "json",
    run: async (request) => {
      const result = await sendTest(ctxOf(request), request.body);
      if (!result.ok) throw testFailed(result.steps.at(-1)?.answer ?? "no step was made");
      return { kind: "json", value: result };
    },
  }),
  restRoute({
    method: "delete",
    path: "/alert-profiles/{id}",
    tag,
    summary: "Remove an alert profile; its id is its name",
    query: nothing,
    answers: "empty",
    run: async (request) => {
      const ctx = ctxOf(request);
      const profile = (await listProfiles(ctx)).find(({ name }) => name === request.params["id"]);
      if (profile === undefined) throw profileNotFound();
      await removeProfile(ctx, profile);
      return { kind: "empty" };
    },
  }),
];

const loggingRoutes: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/settings/logging",
    tag,
    summary: "The syslog destination that receives every alert",
    query: nothing,
    answers: "json",
    run: async (request) => ({ kind: "json", value: await readLogging(ctxOf(request)) }),
  }),
  restRoute({
    method: "post",
    path: "/settings/logging",
    tag,
    summary: "Set the syslog destination that receives every alert",
    query: nothing,
    body: LoggingSettings,
    answers: "empty",
    run: async (request) => {
      await saveLogging(ctxOf(request), request.body);
      return { kind: "empty" };
    },
  }),
];

export const alertsRest: readonly RestRoute[] = [...labelRoutes, ...profileRoutes, ...loggingRoutes];

function ctxOf({ platform, scope, caller }: RestRequest<unknown, unknown>): AlertsCtx {
  return bindAlerts(platform, scope, caller);
}

/** Tests the channel that the body describes, or the stored one of the named profile when it describes none. */
async function sendTest(ctx: AlertsCtx, { name, syslog }: ReferenceProfile) {
  const profile = (await listProfiles(ctx)).find((one) => one.name === name);
  const held = (await listChannels(ctx)).find(({ id }) => id === profile?.channelId);
  const settings = syslog === undefined ? held?.settings : toSettings(syslog, held);
  if (settings === undefined) throw profileNotFound();
  return testChannel(ctx, TestChannel.parse({ id: held?.id, settings }));
}

function testFailed(answer: string): Refusal {
  return new Refusal("precondition", "alerts.channel.test-failed", `The test alert could not be sent: ${answer}`);
}
