// A report on the wire (binary websocket message), the same bytes in the Defender's spool:
//
//   0        2                  2 + n
//   +--------+------------------+---------------------------+
//   | n (BE) | header, JSON     | report, JSON, zstd        |
//   +--------+------------------+---------------------------+
//
// The gateway reads the header and stores the body as it came; whoever applies the report decodes it.
import { promisify } from "node:util";
import { zstdCompress, zstdDecompress } from "node:zlib";
import { type Decoded, decodeJson } from "./decoded.ts";
import { DefenderReport, ReportHeader } from "./frames/reports.ts";
import { reportBytesMax, reportHeaderMax } from "./limits.ts";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const lengthBytes = 2;

export type ReportMessage = Readonly<{ header: ReportHeader; body: Uint8Array }>;

/** Compresses a report. The result is the body of `joinReport`. */
export async function encodeReport(report: DefenderReport): Promise<Uint8Array> {
  return compress(JSON.stringify(report));
}

/** Puts the header in front of a body. */
export function joinReport({ header, body }: ReportMessage): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(header));
  const message = new Uint8Array(lengthBytes + head.length + body.length);
  new DataView(message.buffer).setUint16(0, head.length);
  message.set(head, lengthBytes);
  message.set(body, lengthBytes + head.length);
  return message;
}

/** Reads the header and leaves the body alone. The body shares memory with the message. */
export function splitReport(message: Uint8Array): Decoded<ReportMessage> {
  if (message.length < lengthBytes) return { ok: false, reason: "shorter than its length field" };
  const length = new DataView(message.buffer, message.byteOffset).getUint16(0);
  if (length > reportHeaderMax) return { ok: false, reason: `header of ${length} bytes, at most ${reportHeaderMax}` };
  const bodyAt = lengthBytes + length;
  if (bodyAt >= message.length) return { ok: false, reason: "shorter than its header says" };
  const header = decodeJson(ReportHeader, new TextDecoder().decode(message.subarray(lengthBytes, bodyAt)));
  return header.ok ? { ok: true, frame: { header: header.frame, body: message.subarray(bodyAt) } } : header;
}

/** Decompresses within the bound and checks every field. */
export async function decodeReport(body: Uint8Array): Promise<Decoded<DefenderReport>> {
  let bytes: Uint8Array;
  try {
    bytes = await decompress(body, { maxOutputLength: reportBytesMax });
  } catch {
    return { ok: false, reason: `not zstd, damaged, or larger than ${reportBytesMax} bytes` };
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, reason: "not UTF-8" };
  }
  return decodeJson(DefenderReport, text);
}
