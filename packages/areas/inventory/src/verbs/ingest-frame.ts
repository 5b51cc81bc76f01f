import { forgetFrame, type ReadFrame, readFrame } from "@rampart/fleet";
import { unreachable } from "@rampart/kernel";
import type { IngestFrame } from "../contract.ts";
import type { IngestCtx, ReportOrder } from "../ports.ts";
import { toEngineImage, toHostFacts } from "../core/read-report.ts";
import { recordContainerChanges } from "./record-container-changes.ts";
import { recordContainer } from "./record-container.ts";
import { recordContainers } from "./record-containers.ts";
import { recordHost } from "./record-host.ts";
import { recordImageFailure } from "./record-image-failure.ts";
import { recordImage } from "./record-image.ts";
import { recordImages } from "./record-images.ts";
import { recordUse } from "./record-use.ts";
import { removeImage } from "./remove-image.ts";

/**
 * Applies one stored report and then forgets it. Reading, applying and forgetting are three transactions of two areas,
 * so a crash in between applies the report once more, which changes nothing.
 */
export async function ingestFrame(ctx: IngestCtx, ref: IngestFrame): Promise<void> {
  ctx.require("inventory.write");
  const stored = await readFrame(ctx.fleet, ref);
  if (stored === null) return;
  await applyReport(ctx, stored, { at: reportedAt(stored), sequence: ref.sequence });
  await forgetFrame(ctx.fleet, ref);
}

/** A host whose clock once ran ahead must not outrank its own later reports for ever. */
function reportedAt({ frame, receivedAt }: ReadFrame): Date {
  return new Date(Math.min(Date.parse(frame.at), receivedAt.getTime()));
}

async function applyReport(
  ctx: IngestCtx,
  { frame, defenderId, hostname }: ReadFrame,
  order: ReportOrder,
): Promise<unknown> {
  const host = { id: defenderId, hostname };
  const hostId = defenderId;
  switch (frame.type) {
    case "host.inventory":
      return recordHost(ctx, { order, host: toHostFacts(defenderId, frame.host), inventory: frame.inventory });
    case "image.inventory":
      return recordImage(ctx, { hostId, order, image: toEngineImage(frame.image), inventory: frame.inventory });
    case "image.unreadable":
      return recordImageFailure(ctx, { hostId, order, image: toEngineImage(frame.image), failure: frame.failure });
    case "images.snapshot":
      return recordImages(ctx, { hostId, order, images: frame.images });
    case "image.removed":
      return removeImage(ctx, { hostId, order, imageId: frame.imageId });
    case "containers.snapshot":
      return recordContainers(ctx, { host, order, containers: frame.containers });
    case "container.changed":
      return recordContainer(ctx, { host, order, change: toChange(frame) });
    case "container.contents":
      return recordContainerChanges(ctx, { host, order, contents: frame });
    case "packages.used":
      return recordUse(ctx, { host, order, ...frame });
    default:
      return unreachable(frame);
  }
}

type Changed = Extract<ReadFrame["frame"], { type: "container.changed" }>;

function toChange({ container, containerId }: Changed): Parameters<typeof recordContainer>[1]["change"] {
  return container === null ? { kind: "removed", id: containerId } : { kind: "seen", container };
}
