import type { SyslogSettings } from "../../../contract.ts";
import { writeBytesMax } from "./limits.ts";

/** Messages as they go onto a stream (RFC 6587, section 3.4), gathered into writes of a good size. */
export function* frameMessages(messages: readonly string[], framing: SyslogSettings["framing"]): Generator<Uint8Array> {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  for (const message of messages) {
    const framed = frameMessage(message, framing);
    if (bytes > 0 && bytes + framed.length > writeBytesMax) {
      yield Buffer.concat(gathered);
      gathered = [];
      bytes = 0;
    }
    gathered.push(framed);
    bytes += framed.length;
  }
  if (bytes > 0) yield Buffer.concat(gathered);
}

function frameMessage(message: string, framing: SyslogSettings["framing"]): Uint8Array {
  // A message never holds a line feed (see `formatMessage`), so one after it can only be its end.
  return framing === "line-feed"
    ? Buffer.from(`${message}\n`)
    : Buffer.from(`${Buffer.byteLength(message)} ${message}`);
}
