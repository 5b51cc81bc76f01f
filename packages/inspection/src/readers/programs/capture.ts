import type { ByteRange } from "./byte-ranges.ts";

/** Keeps one range of a file that comes by in pieces. Pieces may overlap; what is missing ends it. */
export class Capture {
  readonly range: ByteRange;
  readonly #parts: Buffer[] = [];
  #next: number;

  constructor(range: ByteRange) {
    this.range = range;
    this.#next = range.from;
  }

  write(bytes: Buffer, at: number): void {
    const from = this.#next - at;
    if (from < 0 || from >= bytes.length || this.#next >= this.range.to) return;
    const part = Buffer.from(bytes.subarray(from, this.range.to - at));
    this.#parts.push(part);
    this.#next += part.length;
  }

  get isWhole(): boolean {
    return this.#next === this.range.to;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
}
