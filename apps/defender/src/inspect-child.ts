import { writeFile } from "node:fs/promises";
import { inspect } from "@rampart/inspection";
import { messageOf, Refusal } from "@rampart/kernel";
import { DefenderReport, encodeReport } from "@rampart/protocol";
import type { InspectionAnswer, InspectionOrder } from "./host/inspection/order.ts";

/*
 * The process that inspects. The Defender itself stays small: an inventory of an image takes more memory than the
 * Defender may use in all, so it is made, put into its report, compressed and written to a file here.
 */
async function fulfil({ request, report, file }: InspectionOrder): Promise<InspectionAnswer> {
  const { inventory } = await inspect(request);
  const whole = DefenderReport.parse({ ...report, inventory });
  await writeFile(file, await encodeReport(whole), { mode: 0o600 });
  return { type: "written", packages: inventory.packages.length, warnings: inventory.warnings.length };
}

function toAnswer(error: unknown): InspectionAnswer {
  const message = messageOf(error).slice(0, 4_096);
  return error instanceof Refusal ? { type: "refused", reason: error.reason, message } : { type: "failed", message };
}

async function answer(order: InspectionOrder): Promise<void> {
  const given = await fulfil(order).catch(toAnswer);
  process.send?.(given, () => process.disconnect());
}

// The only sender is the Defender that started this process, with its own type.
process.once("message", (order) => void answer(order as InspectionOrder));
// Without a parent nobody waits for the answer.
process.once("disconnect", () => process.exit());
