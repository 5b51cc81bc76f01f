import type { BodySink } from "../tar/walk-tar.ts";

/** Gathers a body of known size and hands it over whole. A body that comes in one piece is not copied. */
export function collectBody(size: number, use: (body: Buffer) => void): BodySink {
  let whole: Buffer | null = null;
  let filled = 0;
  return {
    write(bytes) {
      if (filled === 0 && bytes.length === size) whole = bytes;
      else {
        // Memory that an archive only claims to fill is reserved, not used: pages are real once written.
        whole ??= Buffer.allocUnsafeSlow(size);
        bytes.copy(whole, filled);
      }
      filled += bytes.length;
    },
    end: () => use(whole ?? Buffer.alloc(0)),
  };
}
