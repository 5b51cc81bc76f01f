import { InventoryPackage, InventorySecret, InventoryWarning } from "@rampart/inspection/contract";
import { z } from "zod";
import { changedPackagesMax, changedSecretsMax, changeWarningsMax } from "../limits.ts";
import { Instant, Sha256 } from "./parts.ts";
import { ContainerFacts } from "./resources.ts";

/**
 * How a container differs from its image now. Replaces what was known of it; empty lists say that it is as its image
 * again. Of a container that nobody has changed there is no report.
 */
export const ContainerContents = z.strictObject({
  type: z.literal("container.contents"),
  at: Instant,
  containerId: ContainerFacts.shape.id,
  imageId: Sha256,
  /** A package that came with another version is in both lists. */
  added: z.array(InventoryPackage).max(changedPackagesMax),
  removed: z.array(InventoryPackage).max(changedPackagesMax),
  secrets: z.array(InventorySecret).max(changedSecretsMax),
  warnings: z.array(InventoryWarning).max(changeWarningsMax),
});
export type ContainerContents = z.infer<typeof ContainerContents>;
