import { readSync } from "node:fs";

const chunkBytes = 64 * 1024;
/** Twice the longest path of Linux; a longer line names no file, and is passed over. */
const lineBytesMax = 8 * 1024;

/**
 * Lines of an open file, one letter a byte, so that a path compares whatever its encoding is. `spend` is asked how many
 * bytes may be read; where it grants none, the file ends.
 */
export function* linesOf(file: number, spend: (wanted: number) => number): Generator<string> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let rest = "";
  let isPassedOver = false;
  for (let granted = spend(chunkBytes); granted > 0; granted = spend(chunkBytes)) {
    const length = readSync(file, chunk, 0, granted, null);
    if (length === 0) break;
    const lines = (rest + chunk.toString("latin1", 0, length)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!isPassedOver) yield line;
      isPassedOver = false;
    }
    if (rest.length > lineBytesMax) {
      rest = "";
      isPassedOver = true;
    }
  }
  if (rest !== "" && !isPassedOver) yield rest;
}
