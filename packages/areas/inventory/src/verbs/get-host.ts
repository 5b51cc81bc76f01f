import { Refusal } from "@rampart/kernel";
import type { GetHost, HostDetail } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function getHost(ctx: InventoryCtx, { id }: GetHost): Promise<HostDetail> {
  ctx.require("inventory.read");
  const host = await ctx.read(({ hosts }) => hosts.find(id));
  if (host === null)
    throw new Refusal("not-found", "inventory.host.not-found", `There is no host "${id}" in this project.`);
  return host;
}
