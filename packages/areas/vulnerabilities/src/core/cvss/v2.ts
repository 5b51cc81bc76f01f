import type { CvssMetrics, CvssScores } from "./vector.ts";
import { weightOf } from "./vector.ts";

const weights = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: { N: 0, P: 0.275, C: 0.66 },
  I: { N: 0, P: 0.275, C: 0.66 },
  A: { N: 0, P: 0.275, C: 0.66 },
} as const;

const optional = {
  E: { U: 0.85, POC: 0.9, F: 0.95, H: 1, ND: 1 },
  RL: { OF: 0.87, TF: 0.9, W: 0.95, U: 1, ND: 1 },
  RC: { UC: 0.9, UR: 0.95, C: 1, ND: 1 },
  CDP: { N: 0, L: 0.1, LM: 0.3, MH: 0.4, H: 0.5, ND: 0 },
  TD: { N: 0, L: 0.25, M: 0.75, H: 1, ND: 1 },
  CR: { L: 0.5, M: 1, H: 1.51, ND: 1 },
  IR: { L: 0.5, M: 1, H: 1.51, ND: 1 },
  AR: { L: 0.5, M: 1, H: 1.51, ND: 1 },
} as const;

/** FIRST, CVSS 2.0 guide, section 3.2. */
export function scoresOfV2(metrics: CvssMetrics): CvssScores {
  const base = (name: keyof typeof weights) => weightOf(weights[name], metrics.get(name));
  const given = (name: keyof typeof optional) => weightOf(optional[name], metrics.get(name) ?? "ND");
  const exploitability = 20 * base("AV") * base("AC") * base("Au");
  const impact = impactOf(base("C"), base("I"), base("A"));
  const adjusted = Math.min(10, impactOf(base("C") * given("CR"), base("I") * given("IR"), base("A") * given("AR")));
  const temporal = (score: number) => round(score * given("E") * given("RL") * given("RC"));
  const adjustedTemporal = temporal(combine(adjusted, exploitability));
  return {
    base: combine(impact, exploitability),
    temporal: temporal(combine(impact, exploitability)),
    environmental: round((adjustedTemporal + (10 - adjustedTemporal) * given("CDP")) * given("TD")),
  };
}

function impactOf(confidentiality: number, integrity: number, availability: number): number {
  return 10.41 * (1 - (1 - confidentiality) * (1 - integrity) * (1 - availability));
}

function combine(impact: number, exploitability: number): number {
  return round((0.6 * impact + 0.4 * exploitability - 1.5) * (impact === 0 ? 0 : 1.176));
}

/** The tiny addend keeps 8.55 from becoming 8.5 because of its last bits. */
function round(value: number): number {
  return Math.round(value * 10 + 1e-9) / 10;
}
