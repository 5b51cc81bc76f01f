import { z } from "zod";
import { CveId, FindingDetail } from "./findings.ts";
import { ResourceRef } from "./resource.ts";
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

/** A finding with what every record says about it now, also those that do not agree. */
export const ExplainedFinding = FindingDetail.extend({ explanation: MatchExplanation });
export type ExplainedFinding = z.infer<typeof ExplainedFinding>;

/** Why a resource has, or has not, a finding of a flaw. The flaw goes by any of its ids. */
export const ExplainCve = ResourceRef.extend({ id: CveId });
export type ExplainCve = z.infer<typeof ExplainCve>;

/** Packages of one resource that one flaw is explained for; a kernel alone has some twenty. */
export const explanationsMax = 200;

export const CveExplanation = z.object({
  id: CveId,
  sentence: Text,
  /** One for each package that records of the flaw name. */
  explanations: z.array(MatchExplanation).max(explanationsMax),
});
export type CveExplanation = z.infer<typeof CveExplanation>;
