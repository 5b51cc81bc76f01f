import type { Inspection } from "@rampart/inspection";
import { JudgedInventory } from "@rampart/vulnerabilities/contract";
import type { ConsoleClient } from "../console/client.ts";
import type { ScanReport } from "./report.ts";

/** Lets a Console compare the packages with its advisories and decide by its policy. */
export async function judgeByConsole(
  client: ConsoleClient,
  name: string,
  inspection: Inspection,
): Promise<Omit<ScanReport, "sourceFolder">> {
  const { inventory, image } = inspection;
  const asked = { name, labels: image?.labels ?? {}, tags: image?.repoTags ?? [], packages: inventory.packages };
  const judged = await client.call("POST", "/scans/judge", asked, JudgedInventory);
  return {
    name,
    inspection,
    ...judged,
    knowledge: `the Console's advisories, revision ${judged.revision}`,
    scannedAt: new Date(),
  };
}
