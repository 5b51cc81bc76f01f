import type { Page } from "@rampart/kernel";
import type { ContainerRow, ListContainers } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listContainers(ctx: InventoryCtx, asked: ListContainers): Promise<Page<ContainerRow>> {
  ctx.require("inventory.read");
  return ctx.read(({ containers }) => containers.list(asked));
}
