/** Bytes of a file, from the first to before the last. */
export type ByteRange = Readonly<{ from: number; to: number }>;

/** Where the parts of an executable lie that may tell what it was made of. */
export type ProgramPlan = Readonly<{
  /** Where Go puts what it built the program from: somewhere in the data that may be written. */
  goData: readonly ByteRange[];
  /** Where cargo-auditable puts its list; `sections` when that is only known from the table at the file's end. */
  rustAudit: (ByteRange & Readonly<{ sections: boolean }>) | null;
}>;

/** The part of a piece of a file, which begins at `at`, that lies inside the range. */
export function within(bytes: Buffer, at: number, { from, to }: ByteRange): Buffer {
  return bytes.subarray(Math.max(0, from - at), Math.max(0, to - at));
}

export function isWithin({ from, to }: ByteRange, size: number): boolean {
  return from >= 0 && from < to && to <= size;
}
