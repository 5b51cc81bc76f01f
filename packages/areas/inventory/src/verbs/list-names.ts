import type { ListNames } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

export async function listNames(ctx: InventoryCtx, asked: ListNames): Promise<readonly string[]> {
  ctx.require("inventory.read");
  return ctx.read(({ names }) => names.list(asked));
}
