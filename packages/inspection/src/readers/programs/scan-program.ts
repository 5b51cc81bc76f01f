import { messageOf } from "@rampart/kernel";
import type { FoundPackage } from "../../layers/layer-result.ts";
import { keepFitting } from "../../layers/layer-result.ts";
import type { InspectionLimits } from "../../limits.ts";
import type { BodySink } from "../../tar/walk-tar.ts";
import type { ReaderResult } from "../reader.ts";
import type { ByteRange, ProgramPlan } from "./byte-ranges.ts";
import { Capture } from "./capture.ts";
import { findElfSection } from "./elf.ts";
import { searchVersions } from "./known-programs.ts";
import { headBytes, isProgram, planProgram } from "./plan-program.ts";
import { readRustAudit, rustAuditBytesMax } from "./rust-audit.ts";
import { searchGo } from "./search-go.ts";
import type { Built } from "./search-go.ts";

/** Smaller files hold neither a Go nor a Rust runtime, nor any of the programs that are known. */
export const programBytesMin = 64 * 1024;
const magicBytes = 65;

type Part = Readonly<{ write(bytes: Buffer, at: number): void }>;
type Limits = Pick<InspectionLimits, "programPartBytesMax">;

/**
 * Looks into one file as it comes by, which may be a program of any size. What is kept of it is its head, what Go or
 * cargo-auditable put into it, and versions. `use` is called at the end; with null for what tells of nothing.
 *
 *   head ──no program──▶ passed over
 *     └──▶ plan ──▶ Go marker in its data ──▶ Go build info
 *             ├───▶ tail or section ────────▶ list of crates
 *             └───▶ marks, for known names ─▶ version
 */
export function scanProgram(path: string, size: number, limits: Limits, use: (result: ReaderResult) => void): BodySink {
  const head = Buffer.allocUnsafe(Math.min(size, headBytes));
  let at = 0;
  let scan: Scan | null = null;
  let isPassedOver = false;
  return {
    write(bytes) {
      if (isPassedOver) return;
      const copied = scan === null ? bytes.copy(head, at) : 0;
      if (scan === null) {
        at += copied;
        isPassedOver = at >= magicBytes && !isProgram(head.subarray(0, at));
        if (isPassedOver || at < head.length) return;
        scan = openScan(path, head, size, limits);
        scan.write(head, 0);
      }
      const rest = bytes.subarray(copied);
      scan.write(rest, at);
      at += rest.length;
    },
    skipTo() {
      at = Math.min(size, isPassedOver ? size : (scan?.nextWanted(at) ?? at));
      return at;
    },
    end: () => use(scan?.finish() ?? { content: null }),
  };
}

type Scan = Part & Readonly<{ nextWanted(at: number): number; finish(): ReaderResult }>;

function openScan(path: string, head: Buffer, size: number, limits: Limits): Scan {
  const plan = planProgram(head, size);
  const versions: FoundPackage[] = [];
  const go = searchGo(head, plan);
  const rust = captureRust(plan, limits);
  const searches = searchVersions(path, (found) => versions.push(found));
  return {
    write(bytes, at) {
      for (const part of [go, ...searches]) part.write(bytes, at);
      if (rust !== null && !go.isGo()) rust.write(bytes, at);
    },
    nextWanted(at) {
      const ranges = searches.length > 0 ? null : go.wanted();
      if (ranges === null) return at;
      return nextIn(rust === null || go.isGo() ? ranges : [...ranges, rust.range], at);
    },
    finish() {
      const built = go.isGo() ? go.read() : readRust(head, plan, rust);
      const { packages } = keepFitting([...versions, ...built.packages]);
      const content = packages.length === 0 ? null : ({ is: "packages", packages } as const);
      return built.problem === undefined ? { content } : { content, problem: built.problem };
    },
  };
}

function nextIn(ranges: readonly ByteRange[], at: number): number {
  return ranges.reduce((next, { from, to }) => (to > at ? Math.min(next, Math.max(at, from)) : next), Infinity);
}

function captureRust(plan: ProgramPlan | null, { programPartBytesMax }: Limits): Capture | null {
  const range = plan?.rustAudit ?? null;
  if (range === null) return null;
  const bytesMax = range.sections ? programPartBytesMax : Math.min(programPartBytesMax, rustAuditBytesMax);
  return range.to - range.from > bytesMax ? null : new Capture(range);
}

const nothing: Built = { packages: [] };

function readRust(head: Buffer, plan: ProgramPlan | null, capture: Capture | null): Built {
  const range = plan?.rustAudit ?? null;
  if (range === null || capture?.isWhole !== true) return nothing;
  const { from, sections } = range;
  try {
    const section = sections ? findElfSection(head, capture.bytes(), from, ".dep-v0") : capture.bytes();
    return section === null ? nothing : { packages: readRustAudit(section) };
  } catch (error) {
    return { packages: [], problem: `its list of crates makes no sense: ${messageOf(error).slice(0, 200)}` };
  }
}
