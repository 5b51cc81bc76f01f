import { Refusal } from "@rampart/kernel";
import type { GetImage, ImageDetail } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

/** One image, with the labels of its containers beside its own, as alerts about it carry them. */
export async function getImage(ctx: InventoryCtx, { id }: GetImage): Promise<ImageDetail> {
  ctx.require("inventory.read");
  const { image, subject } = await ctx.read(async ({ images, subjects }) => {
    const [known] = await subjects.list([{ resourceKind: "image", resourceId: id }]);
    return { image: await images.find(id), subject: known };
  });
  if (image === null) {
    throw new Refusal("not-found", "inventory.image.not-found", `There is no image "${id}" in this project.`);
  }
  return { ...image, labels: subject?.labels ?? image.labels };
}
