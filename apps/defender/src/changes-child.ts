import { messageOf } from "@rampart/kernel";
import { lookForChanges } from "./host/changes/look-for-changes.ts";
import type { ChangesOrder } from "./host/changes/order.ts";

/*
 * The process that looks for what containers have changed since their start. Files of others are read here, and layers
 * of images merged, which takes more memory than the Defender may use in all.
 */
async function answer(order: ChangesOrder): Promise<void> {
  const given = await lookForChanges(order).catch((error: unknown) => ({ type: "failed", message: messageOf(error) }));
  process.send?.(given, () => process.disconnect());
}

// The only sender is the Defender that started this process, with its own type.
process.once("message", (order) => void answer(order as ChangesOrder));
// Without a parent nobody waits for the answer.
process.once("disconnect", () => process.exit());
