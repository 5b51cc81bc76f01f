/**
 * Finds places in a stream of pieces. What is handed over is a window that reaches `around` bytes before and after the
 * end of a piece, so that a place that lies across two pieces is seen whole. Nothing else of the stream is kept.
 */
export class WindowSearch {
  readonly #around: number;
  readonly #look: (window: Buffer, at: number) => boolean;
  #carry: Buffer = Buffer.alloc(0);
  #found = false;

  /** `look` gets a window that begins at byte `at` of the file, and answers true when nothing more is wanted. */
  constructor(around: number, look: (window: Buffer, at: number) => boolean) {
    this.#around = around;
    this.#look = look;
  }

  write(bytes: Buffer, at: number): void {
    if (this.#found || bytes.length === 0) return;
    const seam = this.#carry.length;
    if (seam > 0) {
      const joined = Buffer.concat([this.#carry, bytes.subarray(0, this.#around)]);
      this.#found = this.#look(joined, at - seam);
      // A piece shorter than that is all in the seam.
      if (this.#found || bytes.length < this.#around) return this.#keep(joined);
    }
    this.#found = this.#look(bytes, at);
    this.#keep(bytes);
  }

  #keep(bytes: Buffer): void {
    this.#carry = this.#found ? Buffer.alloc(0) : Buffer.from(bytes.subarray(-this.#around));
  }
}
