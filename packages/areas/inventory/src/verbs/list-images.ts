import type { Page } from "@rampart/kernel";
import type { ImageRow, ListImages } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listImages(ctx: InventoryCtx, asked: ListImages): Promise<Page<ImageRow>> {
  ctx.require("inventory.read");
  return ctx.read(({ images }) => images.list(asked));
}
