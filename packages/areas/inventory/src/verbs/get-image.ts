import { Refusal } from "@rampart/kernel";
import type { GetImage, ImageDetail } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function getImage(ctx: InventoryCtx, { id }: GetImage): Promise<ImageDetail> {
  ctx.require("inventory.read");
  const image = await ctx.read(({ images }) => images.find(id));
  if (image === null)
    throw new Refusal("not-found", "inventory.image.not-found", `There is no image "${id}" in this project.`);
  return image;
}
