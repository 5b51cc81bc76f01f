import { Refusal } from "@rampart/kernel";
import type { DefenderDetail, DefenderRef } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";

export async function getDefender(ctx: FleetCtx, { id }: DefenderRef): Promise<DefenderDetail> {
  ctx.require("fleet.read");
  const defender = await ctx.read(({ defenders }) => defenders.find(id, ctx.clock.now()));
  if (defender === null) throw defenderNotFound(id);
  return defender;
}

export function defenderNotFound(id: string): Refusal {
  return new Refusal("not-found", "fleet.defender.not-found", `There is no Defender "${id}" in this project.`);
}
