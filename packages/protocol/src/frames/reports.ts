import { Inventory } from "@rampart/inspection/contract";
import { z } from "zod";
import { containersMax, imagesMax } from "../limits.ts";
import { ContainerContents } from "./container-contents.ts";
import { Epoch, Instant, Sequence, Sha256 } from "./parts.ts";
import { PackagesUsed } from "./package-use.ts";
import { ContainerFacts, HostFacts, ImageFacts } from "./resources.ts";

/** The host and all its packages. Replaces what was known of it. */
export const HostInventory = z.strictObject({
  type: z.literal("host.inventory"),
  at: Instant,
  host: HostFacts,
  inventory: Inventory,
});

/** One image and all its packages. Replaces what was known of it. */
export const ImageInventory = z.strictObject({
  type: z.literal("image.inventory"),
  at: Instant,
  image: ImageFacts,
  inventory: Inventory,
});

/** An image could not be inspected; it is shown as such, never as clean. */
export const ImageUnreadable = z.strictObject({
  type: z.literal("image.unreadable"),
  at: Instant,
  image: ImageFacts,
  failure: z.strictObject({ code: z.string().min(1).max(64), message: z.string().max(2048) }),
});

/** All images of the host, sent after start and when names change: those not listed are gone. */
export const ImagesSnapshot = z.strictObject({
  type: z.literal("images.snapshot"),
  at: Instant,
  images: z.array(ImageFacts.pick({ id: true, repoTags: true, repoDigests: true })).max(imagesMax),
});

export const ImageRemoved = z.strictObject({ type: z.literal("image.removed"), at: Instant, imageId: Sha256 });

/** All containers of the host: those not listed are gone. */
export const ContainersSnapshot = z.strictObject({
  type: z.literal("containers.snapshot"),
  at: Instant,
  containers: z.array(ContainerFacts).max(containersMax),
});

/** One container appeared, changed, or (null) is gone. */
export const ContainerChanged = z.strictObject({
  type: z.literal("container.changed"),
  at: Instant,
  containerId: ContainerFacts.shape.id,
  container: ContainerFacts.nullable(),
});

/** What a Defender found. Reports are numbered, kept until acknowledged, and applied at least once; `at` orders them. */
export const DefenderReport = z.discriminatedUnion("type", [
  HostInventory,
  ImageInventory,
  ImageUnreadable,
  ImagesSnapshot,
  ImageRemoved,
  ContainersSnapshot,
  ContainerChanged,
  PackagesUsed,
  ContainerContents,
]);
export type DefenderReport = z.infer<typeof DefenderReport>;
export type ReportType = DefenderReport["type"];

export const reportTypes = [
  "host.inventory",
  "image.inventory",
  "image.unreadable",
  "images.snapshot",
  "image.removed",
  "containers.snapshot",
  "container.changed",
  "packages.used",
  "container.contents",
] as const satisfies readonly ReportType[];

/** Travels uncompressed in front of the report, so that a gateway can store what it need not understand. */
export const ReportHeader = z.strictObject({
  type: z.enum(reportTypes),
  epoch: Epoch,
  sequence: Sequence,
});
export type ReportHeader = z.infer<typeof ReportHeader>;
