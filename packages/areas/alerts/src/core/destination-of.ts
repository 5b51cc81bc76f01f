import type { ChannelSettings } from "../contract.ts";

/** Where a channel sends, in one line that people recognise. Holds no secret. */
export function destinationOf({ transport, host, port }: ChannelSettings): string {
  return `${transport}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
