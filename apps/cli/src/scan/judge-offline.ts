import type { Inspection } from "@rampart/inspection";
import { judgeOffline as judgeWithoutConsole } from "@rampart/vulnerabilities/offline";
import { ruleOf, type GateOptions } from "./gate.ts";
import type { ScanReport } from "./report.ts";

/** Decides without a Console: by a folder of advisories and the options, or by the built-in set of well-known CVEs. */
export async function judgeOffline(
  name: string,
  inspection: Inspection,
  options: { folder: string | undefined; gate: GateOptions },
): Promise<Omit<ScanReport, "sourceFolder">> {
  const { image, inventory } = inspection;
  const scannedAt = new Date();
  const { sources, isStarter, ...judged } = await judgeWithoutConsole({
    asked: { name, tags: image?.repoTags ?? [], labels: image?.labels ?? {}, packages: inventory.packages },
    folder: options.folder ?? null,
    rules: [ruleOf(options.gate)],
    now: scannedAt,
  });
  const knowledge = isStarter
    ? "the built-in set of well-known CVEs only; --intel names a folder of advisories"
    : `${sources.length} feed files`;
  return { name, inspection, ...judged, knowledge, scannedAt };
}
