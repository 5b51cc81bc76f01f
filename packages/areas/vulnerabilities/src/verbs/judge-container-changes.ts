import { getContainerChanges } from "@rampart/inventory";
import type { GetContainerChanges } from "@rampart/inventory/contract";
import type { JudgedInventory } from "../contract.ts";
import type { ExplainingCtx } from "../ports.ts";
import { judgeInventory } from "./judge-inventory.ts";

/**
 * What the advisories and the image policy say of the packages that came into a container after its start. Worked out
 * when it is asked for, so that it is never older than the advisories; nothing is stored.
 */
export async function judgeContainerChanges(ctx: ExplainingCtx, asked: GetContainerChanges): Promise<JudgedInventory> {
  ctx.require("vulnerabilities.read");
  const { imageName, labels, packages } = await getContainerChanges(ctx.inventory, asked);
  const added = packages.filter(({ change }) => change !== "removed").map((change) => change.package);
  return judgeInventory(ctx, { name: imageName, tags: [], labels, packages: added });
}
