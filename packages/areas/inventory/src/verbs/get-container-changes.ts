import { Refusal } from "@rampart/kernel";
import type { ContainerChanges, GetContainerChanges } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

/** How a container differs from its image, package by package. */
export async function getContainerChanges(ctx: InventoryCtx, asked: GetContainerChanges): Promise<ContainerChanges> {
  ctx.require("inventory.read");
  const found = await ctx.read(({ changes }) => changes.find(asked));
  if (found !== null) return found;
  const message = `There is no container "${asked.containerId}" in this project.`;
  throw new Refusal("not-found", "inventory.container.not-found", message);
}
