/** Columns that each view of the resource tables, and of their files, shows until somebody chooses others. */
export const imageColumnIds = {
  findings: ["name", "findings", "fixable", "exploited", "verdict", "os", "containers", "scanned"],
  inventory: ["name", "digest", "os", "size", "packages", "containers", "hosts", "firstSeen"],
} as const satisfies Record<string, readonly string[]>;

export const hostColumnIds = {
  findings: ["name", "findings", "fixable", "exploited", "verdict", "os", "containers", "lastSeen"],
  inventory: ["name", "os", "kernel", "engine", "packages", "images", "containers", "lastSeen"],
} as const satisfies Record<string, readonly string[]>;
