import { Refusal } from "@rampart/kernel";
import {
  GetHost,
  type HostDetail,
  type ImageDetail,
  ListHosts,
  type PackageRow,
  type ResourceRef,
} from "../contract.ts";
import type { InventoryCtx, InventoryStores } from "../ports.ts";

/** `version` is the id of an image; empty for a host, as its layers are. */
export type ResourceContents = ResourceRef &
  Pick<ImageDetail, "name" | "warnings" | "layers"> &
  Readonly<{ version: string; os: ImageDetail["osRelease"]; packages: readonly PackageRow[] }>;

/** Everything that an image or host is made of, read in one transaction. A host is known by its name too. */
export async function getContents(ctx: InventoryCtx, asked: ResourceRef): Promise<ResourceContents> {
  ctx.require("inventory.read");
  return ctx.read(async (stores) => {
    const found = await (asked.resourceKind === "image" ? findImage(stores, asked) : findHost(stores, asked));
    if (found === null) throw missing(asked);
    if (found.scannedAt === null) throw notYet(asked);
    const { resourceKind, detail, layers, name, version } = found;
    const packages = [...(await stores.packages.listAll({ resourceKind, resourceId: detail.id }))];
    const { osRelease: os, warnings } = detail;
    return { resourceKind, resourceId: detail.id, name, version, os, warnings, layers, packages };
  });
}

type Found = Pick<ResourceContents, "resourceKind" | "name" | "version" | "layers"> &
  Readonly<{ detail: ImageDetail | HostDetail; scannedAt: string | null }>;

async function findImage({ images }: InventoryStores, { resourceId }: ResourceRef): Promise<Found | null> {
  const detail = await images.find(resourceId);
  if (detail === null) return null;
  const { name, id: version, layers, scannedAt } = detail;
  return { resourceKind: "image", detail, name, version, layers, scannedAt };
}

async function findHost({ hosts }: InventoryStores, { resourceId }: ResourceRef): Promise<Found | null> {
  const id = GetHost.safeParse({ id: resourceId }).success ? resourceId : await idOfHost(hosts, resourceId);
  const detail = id === null ? null : await hosts.find(id);
  if (detail === null) return null;
  return { resourceKind: "host", detail, name: detail.hostname, version: "", layers: [], scannedAt: detail.scannedAt };
}

/** The filter of names takes wildcards, so its answer is compared once more. */
async function idOfHost(hosts: InventoryStores["hosts"], hostname: string): Promise<string | null> {
  const { rows } = await hosts.list(ListHosts.parse({ hostnames: [hostname], limit: 2 }));
  return rows.find((row) => row.hostname === hostname)?.id ?? null;
}

function missing({ resourceKind, resourceId }: ResourceRef): Refusal {
  const message = `There is no ${resourceKind} "${resourceId}" in this project.`;
  return new Refusal("not-found", "inventory.resource.not-found", message);
}

function notYet({ resourceKind, resourceId }: ResourceRef): Refusal {
  const message = `The ${resourceKind} "${resourceId}" has not been inspected yet: ask again when it has.`;
  return new Refusal("precondition", "inventory.resource.not-inspected", message);
}
