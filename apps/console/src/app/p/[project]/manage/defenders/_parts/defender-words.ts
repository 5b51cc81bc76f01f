export const defenderStates = ["connected", "stale", "disconnected", "retired"] as const;
export const defenderSorts = ["hostname", "version", "lastSeenAt", "enrolledAt"] as const;
export const defenderDefaultSort = { key: "hostname", reverse: false } as const;
