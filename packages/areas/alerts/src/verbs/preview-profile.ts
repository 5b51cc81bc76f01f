import { previewAlertsMax, type PreviewProfile, type ProfilePreview } from "../contract.ts";
import { routeFact } from "../core/route-fact.ts";
import type { AlertsCtx } from "../ports.ts";

/** Which of the last alerts would this profile have sent? Decided by the function that routes. */
export async function previewProfile(ctx: AlertsCtx, asked: PreviewProfile): Promise<ProfilePreview> {
  ctx.require("alerts.read");
  const last = await ctx.read(({ heard }) => heard.listLast(previewAlertsMax));
  // A profile that is still switched off can be tried all the same.
  const profile = { ...asked, enabled: true };
  const matched = last.flatMap((fact) =>
    routeFact(fact, [profile]).map(({ because }) => {
      const { factType, at, severity, sentence } = fact.alert;
      return { factType, at, severity, sentence, because };
    }),
  );
  return { looked: last.length, matched };
}
