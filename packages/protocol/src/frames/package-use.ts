import { isCleanText, PackageKind } from "@rampart/inspection/contract";
import { z } from "zod";
import { packageUsesMax } from "../limits.ts";
import { Instant, Sha256 } from "./parts.ts";

const Path = z.string().min(1).max(1024).refine(isCleanText, "has control characters");
const Name = z.string().min(1).max(512).refine(isCleanText, "has control characters");

/**
 * What tells of the use, strongest first: a process runs the file, has mapped it, holds it open, or runs an
 * application whose folder of dependencies has the package.
 */
export const useEvidence = ["executable", "mapped", "opened", "application"] as const;
export const UseEvidence = z.enum(useEvidence);
export type UseEvidence = z.infer<typeof UseEvidence>;

/** Most names of processes told with one package. */
export const useProcessesMax = 4;

/** Packages as an inventory knows them: by name, by the file that tells of them, or all of a kind below a folder. */
export const UsedPackage = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("os"), name: Name }),
  z.strictObject({ is: z.literal("file"), path: Path }),
  z.strictObject({ is: z.literal("folder"), kind: PackageKind, path: Path.endsWith("/") }),
]);
export type UsedPackage = z.infer<typeof UsedPackage>;

export const PackageUse = z.strictObject({
  package: UsedPackage,
  evidence: UseEvidence,
  /** Names of some processes that use it. */
  processes: z.array(z.string().min(1).max(64).refine(isCleanText, "has control characters")).max(useProcessesMax),
});
export type PackageUse = z.infer<typeof PackageUse>;

/** What processes use at this time. Whatever it does not name may have been used earlier: it takes nothing back. */
export const PackagesUsed = z.strictObject({
  type: z.literal("packages.used"),
  at: Instant,
  /** The image whose containers were looked at; null for the host's own processes. */
  imageId: Sha256.nullable(),
  /** False when a part could not be looked at: a package that is not named may be in use. */
  complete: z.boolean(),
  used: z.array(PackageUse).max(packageUsesMax),
});
export type PackagesUsed = z.infer<typeof PackagesUsed>;
