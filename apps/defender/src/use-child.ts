import { messageOf } from "@rampart/kernel";
import { lookAtUse } from "./host/processes/look.ts";
import type { UseOrder } from "./host/processes/use-order.ts";

/*
 * The process that looks at processes. Reading of them can hang for as long as they like, and owners of files are found
 * in databases of many megabytes: both happen where the Defender can end it.
 */
async function answer(order: UseOrder): Promise<void> {
  const given = await lookAtUse(order).catch((error: unknown) => ({ type: "failed", message: messageOf(error) }));
  process.send?.(given, () => process.disconnect());
}

// The only sender is the Defender that started this process, with its own type.
process.once("message", (order) => void answer(order as UseOrder));
// Without a parent nobody waits for the answer.
process.once("disconnect", () => process.exit());
