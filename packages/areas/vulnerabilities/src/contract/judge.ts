import { InventoryPackage } from "@rampart/inspection/contract";
import { Labels, Severity } from "@rampart/kernel";
import { z } from "zod";
import { CveId, PolicyEffect } from "./findings.ts";
import { LeftOut, leftOutReasons } from "./left-out.ts";
import { RiskFactor } from "./risk.ts";

/** As many packages as one resource may hold. */
const packagesMax = 50_000;
/** Findings told to a pipeline; the verdict counts all. */
export const judgedFindingsMax = 20_000;
const Text = z.string().max(4_096);

/** An inventory that is not stored: an image on its way through a pipeline. */
export const JudgeInventory = z.object({
  name: Text.min(1),
  tags: z.array(Text).max(256).default([]),
  labels: Labels.default({}),
  packages: z.array(InventoryPackage).max(packagesMax),
});
export type JudgeInventory = z.infer<typeof JudgeInventory>;

export const JudgedFinding = z.object({
  cve: CveId,
  severity: Severity,
  cvss: z.number().nullable(),
  vector: Text.nullable(),
  packageName: Text,
  packageVersion: Text,
  path: Text.nullable(),
  layer: z.int().nonnegative().nullable(),
  fixVersion: Text.nullable(),
  status: Text,
  link: Text.nullable(),
  summary: Text,
  riskFactors: z.array(RiskFactor).max(32),
  knownExploited: z.boolean(),
  epss: z.number().nullable(),
  effect: PolicyEffect,
});
export type JudgedFinding = z.infer<typeof JudgedFinding>;

export const JudgedInventory = z.object({
  revision: z.int().nonnegative(),
  ruleName: Text.nullable(),
  /** False when the policy blocks at least one finding. */
  passed: z.boolean(),
  findings: z.array(JudgedFinding).max(judgedFindingsMax),
  /** Findings that were not made, with the reason. */
  leftOut: z.array(LeftOut).max(leftOutReasons.length).default([]),
  /** The distribution of the system packages, when no advisory about it is loaded: no findings is then no all-clear. */
  uncovered: Text.nullable().default(null),
});
export type JudgedInventory = z.infer<typeof JudgedInventory>;
