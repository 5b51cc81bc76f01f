// Reports wait on disk until the gateway has them:
//
//   append --> pending --(one write, one fdatasync)--> newest segment   --read in order--> wire
//                                                     older segments  <--acknowledge-- deletes whole segments
//
// The spool holds at most `bytesMax`. Beyond it the oldest segment goes, and the number of lost reports is kept and
// reported. All work on the files is done one step after the other.
import { mkdir, open, unlink, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { Outage } from "@rampart/kernel";
import { joinReport, type ReportType } from "@rampart/protocol";
import { syncFolder } from "../../host/durable-file.ts";
import { headBytes, packRecord } from "./record.ts";
import { recoverSegments, segmentFile, type Recovered, type Segment } from "./segment.ts";
import { segmentReader, type SpooledReport } from "./segment-reader.ts";
import { readSpoolState, writeSpoolState } from "./spool-state.ts";
import { latestSubjects } from "./subjects.ts";

export type { SpooledReport } from "./segment-reader.ts";

export type SpoolSettings = Readonly<{
  folder: string;
  /** Most bytes on disk. */
  bytesMax: number;
  /** A segment that has grown this large is not written to any more. */
  segmentBytes?: number;
  newEpoch: () => string;
  onLoss?: (lost: { reports: number; bytes: number; why: string }) => void;
}>;

export type NewReport = Readonly<{
  type: ReportType;
  /** What the report is about; a newer one about the same replaces it as long as it has not been sent. */
  subject: string;
  /** As `encodeReport` gives it. */
  body: Uint8Array;
}>;

export type SpoolStatus = Readonly<{ frames: number; bytes: number; droppedFrames: number }>;

const segmentBytesDefault = 8 * 1024 * 1024;

export class Spool {
  readonly epoch: string;
  readonly #settings: SpoolSettings;
  readonly #subjects = latestSubjects();
  readonly #reader = segmentReader((subject, sequence) => this.#subjects.isReplaced(subject, sequence));
  readonly #listeners = new Set<() => void>();
  #segments: Segment[] = [];
  #newest: FileHandle | null = null;
  #pending: { report: NewReport; resolve: (sequence: number) => void; reject: (error: unknown) => void }[] = [];
  #lastStep: Promise<unknown> = Promise.resolve();
  #lastSequence = 0;
  #acknowledged = 0;
  #droppedFrames = 0;

  /** Opens the spool of a folder, or starts one. Reports that were completely written are there again. */
  static async open(settings: SpoolSettings): Promise<Spool> {
    await mkdir(settings.folder, { recursive: true, mode: 0o700 });
    const state = await readSpoolState(stateFile(settings));
    const spool = new Spool(settings, state?.epoch ?? settings.newEpoch());
    await spool.#recover(state);
    return spool;
  }

  private constructor(settings: SpoolSettings, epoch: string) {
    this.#settings = settings;
    this.epoch = epoch;
  }

  async #recover(state: Awaited<ReturnType<typeof readSpoolState>>): Promise<void> {
    const { folder } = this.#settings;
    // Reports of an epoch that nobody remembers cannot be numbered; starting anew is all that is left.
    const found = await recoverSegments(folder, (subject, sequence) => this.#subjects.note(subject, sequence));
    if (state === null) {
      for (const segment of found.segments) await unlink(segment.file);
      this.#subjects.forgetAll();
    } else {
      this.#segments = found.segments;
      this.#acknowledged = state.acknowledged;
      this.#droppedFrames = state.droppedFrames;
      const lastOnDisk = found.segments.at(-1)?.lastSequence ?? 0;
      this.#lastSequence = Math.max(state.lastSequence, state.acknowledged, lastOnDisk);
    }
    this.#skipLost(found);
    await this.#writeState();
  }

  /** A number that may have been on the wire is never given to another report, so what was lost keeps its numbers. */
  #skipLost({ lostBytes: bytes, lostReports: reports }: Recovered): void {
    this.#lastSequence += Math.ceil(bytes / headBytes);
    this.#droppedFrames += reports;
    if (bytes > 0) this.#settings.onLoss?.({ reports, bytes, why: "writing was interrupted, or the disk is damaged" });
  }

  /** Resolves with the report's number when it is safely on disk. */
  append(report: NewReport): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ report, resolve, reject });
      if (this.#pending.length === 1) void this.#step(() => this.#writePending());
    });
  }

  /** The first report behind `after` that is still worth sending; null when there is none. */
  read(after: number): Promise<SpooledReport | null> {
    return this.#step(async () => {
      for (const segment of this.#segments) {
        if (segment.lastSequence <= after) continue;
        const report = await this.#reader.readAfter(segment, after);
        if (report === "damaged") await this.#lose(segment, "a segment is damaged");
        else if (report !== null) return report;
      }
      return null;
    });
  }

  /** The gateway has everything up to this number for good. */
  acknowledge(sequence: number): Promise<void> {
    return this.#step(async () => {
      if (sequence <= this.#acknowledged) return;
      this.#acknowledged = sequence;
      // A gateway that knows more than this spool has seen the spool before the host was restored from a backup.
      this.#lastSequence = Math.max(this.#lastSequence, sequence);
      const done = this.#segments.filter((segment) => segment.lastSequence <= sequence);
      if (done.length === 0) return;
      if (sequence >= this.#lastSequence) this.#subjects.forgetAll();
      await this.#writeState();
      for (const segment of done) await this.#remove(segment);
    });
  }

  status(): SpoolStatus {
    const waiting = this.#segments.map(
      ({ firstSequence, lastSequence }) => lastSequence - Math.max(firstSequence - 1, this.#acknowledged),
    );
    return {
      frames: waiting.reduce((sum, count) => sum + Math.max(count, 0), 0),
      bytes: this.#bytes(),
      droppedFrames: this.#droppedFrames,
    };
  }

  /** Calls back after each write; returns the function that ends it. */
  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    return this.#step(async () => {
      await this.#writeState();
      await this.#closeNewest();
    });
  }

  async #writePending(): Promise<void> {
    const batch = this.#pending;
    this.#pending = [];
    try {
      const numbers: number[] = [];
      for (const { report } of batch) numbers.push(await this.#write(report));
      await this.#newest?.datasync();
      batch.forEach(({ resolve }, index) => resolve(numbers[index] ?? 0));
    } catch (cause) {
      // The end of the segment is unknown now; the next report starts another one.
      await this.#closeNewest();
      this.#segments = this.#segments.filter((segment) => segment.bytes > 0);
      this.#droppedFrames += batch.length;
      this.#settings.onLoss?.({ reports: batch.length, bytes: 0, why: "the disk refused to keep them" });
      for (const { reject } of batch) reject(new Outage("the disk of this host", cause));
    }
    for (const listener of this.#listeners) listener();
  }

  async #write({ type, subject, body }: NewReport): Promise<number> {
    const sequence = this.#lastSequence + 1;
    const record = packRecord(subject, joinReport({ header: { type, epoch: this.epoch, sequence }, body }));
    await this.#makeRoom(record.length);
    const { segment, file } = await this.#openNewest(sequence);
    await file.write(record, 0, record.length, segment.bytes);
    this.#lastSequence = sequence;
    segment.lastSequence = sequence;
    segment.bytes += record.length;
    this.#subjects.note(subject, sequence);
    return sequence;
  }

  async #openNewest(sequence: number): Promise<{ segment: Segment; file: FileHandle }> {
    const current = this.#segments.at(-1);
    const limit = this.#settings.segmentBytes ?? segmentBytesDefault;
    if (this.#newest !== null && current !== undefined && current.bytes < limit)
      return { segment: current, file: this.#newest };
    await this.#closeNewest();
    const segment = {
      file: segmentFile(this.#settings.folder, sequence),
      firstSequence: sequence,
      lastSequence: sequence - 1,
      bytes: 0,
    };
    const file = await open(segment.file, "w", 0o600);
    await syncFolder(this.#settings.folder);
    this.#newest = file;
    this.#segments.push(segment);
    return { segment, file };
  }

  /** Lets the oldest reports go until the new one fits. */
  async #makeRoom(bytes: number): Promise<void> {
    for (let oldest = this.#segments[0]; oldest !== undefined; oldest = this.#segments[0]) {
      if (this.#bytes() + bytes <= this.#settings.bytesMax) return;
      await this.#lose(oldest, "the spool is full");
    }
  }

  async #lose(segment: Segment, why: string): Promise<void> {
    const reports = Math.max(segment.lastSequence - Math.max(segment.firstSequence - 1, this.#acknowledged), 0);
    this.#droppedFrames += reports;
    if (reports > 0) this.#settings.onLoss?.({ reports, bytes: segment.bytes, why });
    await this.#writeState();
    await this.#remove(segment);
  }

  async #remove(segment: Segment): Promise<void> {
    if (segment === this.#segments.at(-1)) await this.#closeNewest();
    this.#segments = this.#segments.filter((other) => other !== segment);
    await unlink(segment.file);
  }

  async #closeNewest(): Promise<void> {
    const file = this.#newest;
    this.#newest = null;
    await file?.close();
  }

  async #writeState(): Promise<void> {
    await writeSpoolState(stateFile(this.#settings), {
      epoch: this.epoch,
      acknowledged: this.#acknowledged,
      lastSequence: this.#lastSequence,
      droppedFrames: this.#droppedFrames,
    });
  }

  #bytes(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.bytes, 0);
  }

  #step<T>(work: () => Promise<T>): Promise<T> {
    const step = this.#lastStep.then(work);
    this.#lastStep = step.catch(() => undefined);
    return step;
  }
}

function stateFile({ folder }: SpoolSettings): string {
  return path.join(folder, "state.json");
}
