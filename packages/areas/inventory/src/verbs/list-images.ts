import type { ImagePage, ListImages } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listImages(ctx: InventoryCtx, asked: ListImages): Promise<ImagePage> {
  ctx.require("inventory.read");
  return ctx.read(({ images }) => images.list(asked));
}
