import { Refusal } from "@rampart/kernel";
import type { ProfileRef, ProfileView } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

export async function getProfile(ctx: AlertsCtx, { id }: ProfileRef): Promise<ProfileView> {
  ctx.require("alerts.read");
  const profile = await ctx.read(({ profiles }) => profiles.find(id));
  if (profile === null) throw profileNotFound();
  return profile;
}

export function profileNotFound(): Refusal {
  return new Refusal(
    "not-found",
    "alerts.profile.not-found",
    "There is no such alert profile in this project; perhaps it was removed.",
  );
}
