import { readSync } from "node:fs";

const chunkBytes = 64 * 1024;
/** Twice the longest path of Linux; a longer line names no file, and is passed over. */
const lineBytesMax = 8 * 1024;

/** Lines of an open file up to `bytesMax`, one letter a byte, so that a path compares whatever its encoding is. */
export function* linesOf(file: number, bytesMax: number): Generator<string> {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let rest = "";
  let isPassedOver = false;
  for (let at = 0; at < bytesMax;) {
    const length = readSync(file, chunk, 0, Math.min(chunkBytes, bytesMax - at), at);
    if (length === 0) break;
    at += length;
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
