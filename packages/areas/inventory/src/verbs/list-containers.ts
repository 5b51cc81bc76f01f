import type { ContainerPage, ListContainers } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listContainers(ctx: InventoryCtx, asked: ListContainers): Promise<ContainerPage> {
  ctx.require("inventory.read");
  return ctx.read(({ containers }) => containers.list(asked));
}
