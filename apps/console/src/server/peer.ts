/** Set by our own server on every request; see main.ts. */
export const peerHeader = "x-rampart-peer";

/** The address a request came from. */
export function peerOf(headers: Headers): string {
  return headers.get(peerHeader) ?? "unknown";
}
