import type { Cvss, CvssScores } from "./vector.ts";
import { weightOf } from "./vector.ts";

const cia = { H: 0.56, L: 0.22, N: 0 };
const weights = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  S: { U: 0, C: 1 },
  C: cia,
  I: cia,
  A: cia,
} as const;
const privileges = { unchanged: { N: 0.85, L: 0.62, H: 0.27 }, changed: { N: 0.85, L: 0.68, H: 0.5 } } as const;

const optional = {
  E: { X: 1, U: 0.91, P: 0.94, F: 0.97, H: 1 },
  RL: { X: 1, O: 0.95, T: 0.96, W: 0.97, U: 1 },
  RC: { X: 1, U: 0.92, R: 0.96, C: 1 },
  CR: { X: 1, L: 0.5, M: 1, H: 1.5 },
  IR: { X: 1, L: 0.5, M: 1, H: 1.5 },
  AR: { X: 1, L: 0.5, M: 1, H: 1.5 },
} as const;

/** FIRST, CVSS 3.1 specification, section 7; 3.0 differs in how it rounds and in one term of the modified impact. */
export function scoresOfV3(cvss: Cvss): CvssScores {
  const { version, metrics } = cvss;
  const up = version === "3.0" ? (value: number) => Math.ceil(value * 10) / 10 : roundUp;
  const given = (name: keyof typeof optional) => weightOf(optional[name], metrics.get(name) ?? "X");
  const temporal = given("E") * given("RL") * given("RC");
  const plain = (name: string) => metrics.get(name);
  const base = up(rawScore(plain, baseImpact(plain)));
  // A modified metric that is absent or X takes the value of the base metric.
  const modified = (name: string) => {
    const value = metrics.get(`M${name}`);
    return value === undefined || value === "X" ? metrics.get(name) : value;
  };
  const environmental = up(up(rawScore(modified, modifiedImpact(modified, given, version))) * temporal);
  return { base, temporal: up(base * temporal), environmental };
}

type Metric = (name: string) => string | undefined;

function baseImpact(metric: Metric): number {
  const lost = (name: "C" | "I" | "A") => 1 - weightOf(weights[name], metric(name));
  const base = 1 - lost("C") * lost("I") * lost("A");
  return isChanged(metric) ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
}

function modifiedImpact(metric: Metric, given: (name: "CR" | "IR" | "AR") => number, version: Cvss["version"]): number {
  const lost = (name: "C" | "I" | "A") => 1 - weightOf(weights[name], metric(name)) * given(`${name}R`);
  const base = Math.min(1 - lost("C") * lost("I") * lost("A"), 0.915);
  if (!isChanged(metric)) return 6.42 * base;
  const last = version === "3.0" ? (base - 0.02) ** 15 : (base * 0.9731 - 0.02) ** 13;
  return 7.52 * (base - 0.029) - 3.25 * last;
}

function isChanged(metric: Metric): boolean {
  return metric("S") === "C";
}

function rawScore(metric: Metric, impact: number): number {
  const changed = isChanged(metric);
  const exploitability =
    8.22 *
    weightOf(weights.AV, metric("AV")) *
    weightOf(weights.AC, metric("AC")) *
    weightOf(changed ? privileges.changed : privileges.unchanged, metric("PR")) *
    weightOf(weights.UI, metric("UI"));
  if (Number.isNaN(impact + exploitability + weightOf(weights.S, metric("S")))) return Number.NaN;
  return impact <= 0 ? 0 : Math.min(changed ? 1.08 * (impact + exploitability) : impact + exploitability, 10);
}

/** Rounds up to one decimal in integers, as 3.1 asks, so that 4.02 is never made of a floating 4.0. */
function roundUp(value: number): number {
  const whole = Math.round(value * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}
