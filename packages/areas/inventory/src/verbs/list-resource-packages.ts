import type { ResourcePackages, ResourceRef } from "../contract.ts";
import { Refusal } from "@rampart/kernel";
import type { InventoryCtx } from "../ports.ts";

/** Everything that matching needs to know about an image or host, read in one transaction. */
export async function listResourcePackages(ctx: InventoryCtx, resource: ResourceRef): Promise<ResourcePackages> {
  ctx.require("inventory.read");
  return ctx.read(async ({ subjects, packages }) => {
    const [subject] = await subjects.list([resource]);
    if (subject === undefined) {
      const { resourceKind, resourceId } = resource;
      throw new Refusal(
        "not-found",
        "inventory.resource.not-found",
        `There is no ${resourceKind} "${resourceId}" in this project.`,
      );
    }
    return { ...subject, packages: [...(await packages.listAll(resource))] };
  });
}
