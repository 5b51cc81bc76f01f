import { open } from "node:fs/promises";
import { readHead, readMessage, readSubject, recordBytes } from "./record.ts";
import type { Segment } from "./segment.ts";

export type SpooledReport = Readonly<{ sequence: number; message: Uint8Array }>;
type Place = Readonly<{ file: string; sequence: number; offset: number }>;

/**
 * Reads reports in order. It remembers where the last one ended, so that reading on does not start at the front of a
 * segment again.
 */
export function segmentReader(isReplaced: (subject: string, sequence: number) => boolean) {
  let place: Place | null = null;

  /** The first report behind `after` that no newer one replaces; "damaged" when the segment cannot be read on. */
  async function readAfter(segment: Segment, after: number): Promise<SpooledReport | null | "damaged"> {
    const start = startIn(place, segment, after);
    let { offset } = start;
    const file = await open(segment.file, "r");
    try {
      for (let { sequence } = start; sequence <= segment.lastSequence; sequence += 1) {
        const head = await readHead(file, offset, segment.bytes);
        if (head === null) return "damaged";
        const at = offset;
        offset += recordBytes(head);
        if (sequence <= after || isReplaced(await readSubject(file, at, head), sequence)) continue;
        const message = await readMessage(file, at, head);
        if (message === null) return "damaged";
        place = { file: segment.file, sequence: sequence + 1, offset };
        return { sequence, message };
      }
      return null;
    } finally {
      await file.close();
    }
  }

  return { readAfter };
}

function startIn(place: Place | null, { file, firstSequence }: Segment, after: number): Place {
  const isAhead = place !== null && place.file === file && place.sequence <= after + 1;
  return isAhead ? place : { file, sequence: firstSequence, offset: 0 };
}
