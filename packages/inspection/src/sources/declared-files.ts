import { messageOf } from "@rampart/kernel";
import { collectBody } from "../layers/collect-body.ts";
import type { FileRecord, LayerContent } from "../layers/layer-result.ts";
import type { InspectionLimits } from "../limits.ts";
import { chooseLockfileReader } from "../lockfiles/choose-lockfile-reader.ts";
import { withoutOverruled } from "../lockfiles/without-overruled.ts";
import type { Reader } from "../readers/reader.ts";
import type { BodySink } from "../tar/walk-tar.ts";
import { warning, WarningTally } from "../warnings.ts";
import type { FileVisitor } from "./root-walk.ts";

type ChooseReader = (path: string) => Reader | null;

/** Reads what lock files declare; what is installed beside them is of no interest. */
export class DeclaredFiles implements FileVisitor {
  readonly #limits: InspectionLimits;
  readonly #choose: ChooseReader;
  readonly #records: FileRecord[] = [];
  readonly #warnings = new WarningTally();

  constructor(limits: InspectionLimits, choose: ChooseReader = chooseLockfileReader) {
    this.#limits = limits;
    this.#choose = choose;
  }

  isInteresting(path: string): boolean {
    return this.#choose(path) !== null;
  }

  file(path: string, size: number): BodySink | null {
    const reader = this.#choose(path);
    if (reader === null) return null;
    const bytesMax = this.#limits[reader.bytesMax];
    if (size <= bytesMax) return collectBody(size, (body) => this.#keep(this.#read(path, reader, body)));
    const problem = warning("file-over-limit", `${path} is larger than ${bytesMax} bytes and was not read`);
    this.#keep({ path, content: null, problem });
    return null;
  }

  note(...problem: Parameters<WarningTally["add"]>): void {
    this.#warnings.add(...problem);
  }

  finish(): LayerContent {
    return {
      records: withoutOverruled(this.#records),
      whiteouts: [],
      opaqueFolders: [],
      silentFiles: [],
      links: [],
      warnings: this.#warnings.list(),
    };
  }

  #read(path: string, reader: Reader, body: Buffer): FileRecord {
    try {
      const { content, problem } = reader.read(body, path, this.#limits);
      return {
        path,
        content,
        ...(problem !== undefined && { problem: warning("file-unreadable", `${path}: ${problem}`) }),
      };
    } catch (error) {
      const problem = warning("file-unreadable", `${path} makes no sense: ${messageOf(error)}`);
      return { path, content: null, problem };
    }
  }

  #keep(record: FileRecord): void {
    if (this.#records.length >= this.#limits.recordsMax) this.note("records-over-limit", "more files than can be kept");
    else this.#records.push(record);
  }
}
