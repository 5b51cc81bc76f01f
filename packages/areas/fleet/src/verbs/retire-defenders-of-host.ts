import { Refusal } from "@rampart/kernel";
import type { FleetCtx } from "../ports.ts";
import { retireDefender } from "./retire-defender.ts";

/** Retires what carries a host name, as the public API addresses Defenders. */
export async function retireDefendersOfHost(ctx: FleetCtx, hostname: string): Promise<void> {
  ctx.require("fleet.write");
  const ids = await ctx.read(({ defenders }) => defenders.findByHostname(hostname));
  if (ids.length === 0) {
    throw new Refusal(
      "not-found",
      "fleet.defender.not-found",
      `There is no Defender on the host "${hostname}" in this project.`,
    );
  }
  for (const id of ids) await retireDefender(ctx, { id });
}
