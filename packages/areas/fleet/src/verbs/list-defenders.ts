import type { Page } from "@rampart/kernel";
import type { DefenderRow, ListDefenders } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";

export async function listDefenders(ctx: FleetCtx, asked: ListDefenders): Promise<Page<DefenderRow>> {
  ctx.require("fleet.read");
  return ctx.read(({ defenders }) => defenders.list(asked, ctx.clock.now()));
}
