import { InventoryPackage, InventorySecret, InventoryWarning } from "@rampart/inspection/contract";
import { Labels } from "@rampart/kernel";
import { changedPackagesMax, changedSecretsMax, changeWarningsMax } from "@rampart/protocol/contract";
import { z } from "zod";

const Text = z.string().max(1_024);
const Instant = z.iso.datetime({ offset: true });
const Count = z.int().nonnegative();

/** How a container differs from its image, in numbers. */
export const ChangeCounts = z.object({
  /** Packages, with another path or version, that the image has not. */
  added: Count,
  /** Packages that have another version than in the image. */
  replaced: Count,
  removed: Count,
  secrets: Count,
  /** False when a part could not be read: more may have changed. */
  complete: z.boolean(),
  /** When the container was first seen to differ, and when what differs was last reported. */
  firstSeenAt: Instant,
  reportedAt: Instant,
});
export type ChangeCounts = z.infer<typeof ChangeCounts>;

export const GetContainerChanges = z.object({ hostId: z.uuid(), containerId: Text.min(1) });
export type GetContainerChanges = z.infer<typeof GetContainerChanges>;

/** What became of one package. `from` is the version in the image, of one that was replaced. */
export const PackageChange = z.object({
  change: z.enum(["added", "replaced", "removed"]),
  package: InventoryPackage,
  from: Text.optional(),
});
export type PackageChange = z.infer<typeof PackageChange>;

/** A container and how it differs from its image. */
export const ContainerChanges = z.object({
  containerId: Text,
  containerName: Text,
  hostId: Text,
  hostname: Text,
  imageId: Text,
  imageName: Text,
  labels: Labels,
  /** Null while nothing was seen to differ. */
  counts: ChangeCounts.nullable(),
  packages: z.array(PackageChange).max(2 * changedPackagesMax),
  secrets: z.array(InventorySecret).max(changedSecretsMax),
  warnings: z.array(InventoryWarning).max(changeWarningsMax),
});
export type ContainerChanges = z.infer<typeof ContainerChanges>;
