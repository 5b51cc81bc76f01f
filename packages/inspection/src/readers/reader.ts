import type { FileContent } from "../layers/layer-result.ts";
import type { InspectionLimits } from "../limits.ts";

/** `content` is null when the file turned out to tell of nothing; `problem` says what could not be read of it. */
export type ReaderResult = Readonly<{ content: FileContent | null; problem?: string }>;

/** Turns the bytes of one file into packages. Throws whatever it likes on bytes that make no sense. */
export type Reader = Readonly<{
  bytesMax: keyof InspectionLimits &
    ("databaseBytesMax" | "manifestBytesMax" | "jarBytesMax" | "settingsBytesMax" | "lockfileBytesMax");
  /** Nothing is missing when a file is too large for it. */
  mayPassOver?: boolean;
  read(bytes: Buffer, path: string, limits: InspectionLimits): ReaderResult;
}>;
