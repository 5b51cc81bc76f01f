import { pageSizeMax, Refusal } from "@rampart/kernel";
import { ListContainers, type ResourcePackages, type ResourceRef } from "../contract.ts";
import { mergeLabels } from "../core/merge-labels.ts";
import type { InventoryCtx, InventoryStores } from "../ports.ts";

/** Everything that matching needs to know about an image or host, read in one transaction. */
export async function listResourcePackages(ctx: InventoryCtx, resource: ResourceRef): Promise<ResourcePackages> {
  ctx.require("inventory.read");
  return ctx.read(async (stores) => {
    const found = await findResource(stores, resource);
    if (found === null) {
      const { resourceKind, resourceId } = resource;
      throw new Refusal(
        "not-found",
        "inventory.resource.not-found",
        `There is no ${resourceKind} "${resourceId}" in this project.`,
      );
    }
    return { ...resource, ...found, packages: [...(await stores.packages.listAll(resource))] };
  });
}

async function findResource(
  { images, hosts, containers }: InventoryStores,
  { resourceKind, resourceId }: ResourceRef,
): Promise<Omit<ResourcePackages, "packages" | keyof ResourceRef> | null> {
  if (resourceKind === "image") {
    const image = await images.find(resourceId);
    if (image === null) return null;
    // The labels of one page of containers: thousands of copies of a workload say the same.
    const running = await containers.list(ListContainers.parse({ imageIds: [resourceId], limit: pageSizeMax }));
    const ofContainers = running.rows.map((container) => container.labels);
    const named = image.hosts.map(({ id, hostname }) => ({ id, hostname }));
    return {
      name: image.name,
      os: image.osRelease,
      labels: mergeLabels(image.labels, ofContainers),
      hosts: named,
      contentHash: image.contentHash,
    };
  }
  const host = await hosts.find(resourceId);
  if (host === null) return null;
  const { id, hostname, osRelease, labels, contentHash } = host;
  return { name: hostname, os: osRelease, labels, hosts: [{ id, hostname }], contentHash };
}
