import type { HostPage, ListHosts } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listHosts(ctx: InventoryCtx, asked: ListHosts): Promise<HostPage> {
  ctx.require("inventory.read");
  return ctx.read(({ hosts }) => hosts.list(asked));
}
