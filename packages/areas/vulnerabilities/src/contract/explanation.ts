import { z } from "zod";
import { CveId } from "./findings.ts";
import { Text } from "./text.ts";

/** What one record says about a version of a package. */
export const recordVerdicts = [
  "affected",
  "fixed",
  "not-affected",
  "never-affected",
  "withdrawn",
  "unreadable-version",
] as const;
export const RecordVerdict = z.enum(recordVerdicts);
export type RecordVerdict = z.infer<typeof RecordVerdict>;

/** What they say together, or why nobody was asked. */
export const matchVerdicts = [...recordVerdicts, "owned-by-os", "left-out", "unsupported", "no-record"] as const;
export const MatchVerdict = z.enum(matchVerdicts);
export type MatchVerdict = z.infer<typeof MatchVerdict>;

/** Records that one explanation lists, far above what the busiest flaw of a package has. */
export const recordsMax = 1_000;

export const ExplainedRecord = z.object({
  recordId: Text,
  /** Feed file it came from. */
  source: Text,
  /** Every affected version by this record, such as ">= 2.0.0, < 2.15.0". */
  range: Text,
  verdict: RecordVerdict,
  /** The comparison that led to the verdict, in words. */
  comparison: Text,
});
export type ExplainedRecord = z.infer<typeof ExplainedRecord>;

/** Why a package is, or is not, affected by a flaw: checkable by hand. */
export const MatchExplanation = z.object({
  /** Primary name of the flaw; what was asked for when no record knows it. */
  id: CveId,
  verdict: MatchVerdict,
  sentence: Text,
  /** As the advisories know it: the source package for Debian, Ubuntu and Alpine. */
  package: z.object({ ecosystem: Text, name: Text, version: Text }),
  fixVersion: Text.nullable(),
  records: z.array(ExplainedRecord).max(recordsMax),
});
export type MatchExplanation = z.infer<typeof MatchExplanation>;

/** A package and a flaw, whether that is a finding or not. */
export const ExplainPackage = z.object({
  ecosystem: z.string().min(1).max(128),
  name: z.string().min(1).max(512),
  version: z.string().min(1).max(512),
  id: CveId,
});
export type ExplainPackage = z.infer<typeof ExplainPackage>;
