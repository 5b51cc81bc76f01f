import { Refusal } from "@rampart/kernel";
import { lookupNamesMax } from "../contract.ts";
import type { HoldersAsked, InventoryCtx, ResourceSubject } from "../ports.ts";
import type { PackageRow } from "../contract.ts";

/** Holders that one stretch may have. */
export const holdersMax = 5_000;

export type HeldPackages = Readonly<{
  /** Holders in the stretch, whatever they hold. */
  holders: number;
  /** Number to go on after; null when the stretch reaches the end. */
  next: number | null;
  /** Those that hold one of the packages, each with these packages alone. */
  resources: readonly (ResourceSubject & Readonly<{ packages: readonly PackageRow[] }>)[];
}>;

/** Walks through all resources that have packages, in a fixed order, and tells which of them hold one of the named ones. */
export async function listHeldPackages(ctx: InventoryCtx, asked: HoldersAsked): Promise<HeldPackages> {
  ctx.require("inventory.read");
  if ((asked.names?.length ?? 0) > lookupNamesMax || asked.holders > holdersMax) {
    const message = `One look takes at most ${lookupNamesMax} package names and ${holdersMax} resources.`;
    throw new Refusal("limit", "inventory.lookup.too-many", message);
  }
  return ctx.read(async ({ packages, subjects }) => {
    const { resources, ...stretch } = await packages.listHoldings(asked);
    const known = new Map((await subjects.list(resources)).map((subject) => [keyOf(subject), subject]));
    const held = resources.flatMap((resource) => {
      const subject = known.get(keyOf(resource));
      return subject === undefined ? [] : [{ ...subject, packages: resource.packages }];
    });
    return { ...stretch, resources: held };
  });
}

function keyOf({ resourceKind, resourceId }: Readonly<{ resourceKind: string; resourceId: string }>): string {
  return `${resourceKind} ${resourceId}`;
}
