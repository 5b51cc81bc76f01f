import type { InventoryPackage } from "@rampart/inspection/contract";
import type { Knowledge } from "./advisory.ts";
import type { Lookup } from "./match-package.ts";
import { keyText } from "./package-key.ts";
import { readRecord } from "./read-record.ts";

/** A look-up in records as feeds write them; what a test does not care about is filled in. */
export function lookupIn(records: readonly object[]): Lookup {
  const index = new Map<string, Knowledge[]>();
  for (const record of records) {
    const read = readRecord({ modified: "2024-01-01T00:00:00Z", ...record }, "test");
    for (const affected of read?.affected ?? []) {
      const key = keyText({ ecosystem: affected.ecosystem, name: affected.packageName });
      if (read !== null) index.set(key, [...(index.get(key) ?? []), { advisory: read.advisory, affected }]);
    }
  }
  return (key) => index.get(keyText(key)) ?? [];
}

/** The part of a record which says that everything before a fix is affected. */
export function affects(ecosystem: string, name: string, fixed: string) {
  const range = { type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed }] };
  return { affected: [{ package: { ecosystem, name }, ranges: [range] }] };
}

export function npmPackage(name: string, version: string, more: Partial<InventoryPackage> = {}): InventoryPackage {
  return { name, version, kind: "nodejs", ecosystem: "npm", purl: `pkg:npm/${name}@${version}`, ...more };
}

export function osPackage(
  ecosystem: string,
  name: string,
  version: string,
  more: Partial<InventoryPackage> = {},
): InventoryPackage {
  return { name, version, kind: "os", ecosystem, purl: "", ...more };
}
