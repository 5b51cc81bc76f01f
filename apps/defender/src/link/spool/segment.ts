import { open, readdir, truncate, unlink } from "node:fs/promises";
import path from "node:path";
import { isSound, readHead, readSubject, recordBytes } from "./record.ts";

/** A file of consecutive reports; its name says the sequence of the first. Only the newest segment grows. */
export type Segment = {
  readonly file: string;
  readonly firstSequence: number;
  /** One less than `firstSequence` while the segment is empty. */
  lastSequence: number;
  bytes: number;
};

const suffix = ".reports";
const nameDigits = 16;

export function segmentFile(folder: string, firstSequence: number): string {
  return path.join(folder, `${String(firstSequence).padStart(nameDigits, "0")}${suffix}`);
}

export type Recovered = Readonly<{
  segments: Segment[];
  /** Bytes that could not be read: the end of a report whose writing was interrupted, or damage. */
  lostBytes: number;
  /** Reports among them that had been called safe. */
  lostReports: number;
}>;

/**
 * Finds the segments of a folder, oldest first, and checks every report. A file is good up to its first bad byte, which
 * is where writing was interrupted; what follows is cut off, because nobody was told that it is safe.
 */
export async function recoverSegments(
  folder: string,
  onReport: (subject: string, sequence: number) => void,
): Promise<Recovered> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(suffix)).toSorted();
  const segments: Segment[] = [];
  let lostBytes = 0;
  let lostReports = 0;
  for (const [index, name] of names.entries()) {
    const firstSequence = Number.parseInt(name, 10);
    const segment = { file: path.join(folder, name), firstSequence, lastSequence: firstSequence - 1, bytes: 0 };
    const lost = await recoverSegment(segment, onReport);
    const next = names[index + 1];
    // What is missing at the end of the newest segment was still being written.
    if (lost > 0 && next !== undefined) lostReports += Number.parseInt(next, 10) - 1 - segment.lastSequence;
    lostBytes += lost;
    if (segment.bytes === 0) await unlink(segment.file);
    else segments.push(segment);
  }
  return { segments, lostBytes, lostReports };
}

async function recoverSegment(
  segment: Segment,
  onReport: (subject: string, sequence: number) => void,
): Promise<number> {
  const file = await open(segment.file, "r");
  let fileBytes: number;
  try {
    fileBytes = (await file.stat()).size;
    for (;;) {
      const head = await readHead(file, segment.bytes, fileBytes);
      if (head === null || !(await isSound(file, segment.bytes, head))) break;
      segment.lastSequence += 1;
      onReport(await readSubject(file, segment.bytes, head), segment.lastSequence);
      segment.bytes += recordBytes(head);
    }
  } finally {
    await file.close();
  }
  if (fileBytes > segment.bytes) await truncate(segment.file, segment.bytes);
  return fileBytes - segment.bytes;
}
