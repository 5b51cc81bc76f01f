/** The name by which two Consoles agree on bundles that only hold what has changed (RFC 3229, an instance manipulation). */
export const deltaName = "rampart-delta";
