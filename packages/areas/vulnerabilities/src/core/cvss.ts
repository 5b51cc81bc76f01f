/** Metrics of a CVSS vector by their short names; null when the text is no vector we can score. */
export type CvssMetrics = ReadonlyMap<string, string>;

export type Cvss = Readonly<{ version: "2.0" | "3.0" | "3.1" | "4.0"; metrics: CvssMetrics }>;

export function readCvss(vector: string): Cvss | null {
  const prefix = /^CVSS:(3\.0|3\.1|4\.0)\//.exec(vector)?.[1];
  const body = vector.replace(/^CVSS:[0-9.]+\//, "").replace(/^\(|\)$/g, "");
  const metrics = new Map<string, string>();
  for (const part of body.split("/")) {
    const [name, value] = part.split(":");
    if (name === undefined || value === undefined || metrics.has(name)) return null;
    metrics.set(name, value);
  }
  if (prefix === "3.0" || prefix === "3.1" || prefix === "4.0") return { version: prefix, metrics };
  return metrics.has("Au") ? { version: "2.0", metrics } : null;
}

/** Base score of a CVSS 2.0, 3.0 or 3.1 vector; null for 4.0 and for what cannot be read. */
export function cvssBaseScore(vector: string): number | null {
  const cvss = readCvss(vector);
  if (cvss === null || cvss.version === "4.0") return null;
  const score = cvss.version === "2.0" ? scoreOfV2(cvss.metrics) : scoreOfV3(cvss);
  return score === null || Number.isNaN(score) ? null : score;
}

const v3 = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  UI: { N: 0.85, R: 0.62 },
  CIA: { H: 0.56, L: 0.22, N: 0 },
  PR: { U: { N: 0.85, L: 0.62, H: 0.27 }, C: { N: 0.85, L: 0.68, H: 0.5 } },
} as const;

function weight(table: Readonly<Record<string, number>>, value: string | undefined): number {
  return (value === undefined ? undefined : table[value]) ?? Number.NaN;
}

/** FIRST, CVSS 3.1 specification, section 7.1; 3.0 differs only in how it rounds. */
function scoreOfV3({ version, metrics }: Cvss): number {
  const changed = metrics.get("S") === "C";
  if (!changed && metrics.get("S") !== "U") return Number.NaN;
  const lost = ["C", "I", "A"].map((name) => 1 - weight(v3.CIA, metrics.get(name)));
  const base = 1 - lost.reduce((product, part) => product * part, 1);
  const impact = changed ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base;
  const exploitability =
    8.22 *
    weight(v3.AV, metrics.get("AV")) *
    weight(v3.AC, metrics.get("AC")) *
    weight(changed ? v3.PR.C : v3.PR.U, metrics.get("PR")) *
    weight(v3.UI, metrics.get("UI"));
  if (Number.isNaN(impact) || Number.isNaN(exploitability)) return Number.NaN;
  if (impact <= 0) return 0;
  const raw = Math.min(changed ? 1.08 * (impact + exploitability) : impact + exploitability, 10);
  return version === "3.0" ? Math.ceil(raw * 10) / 10 : roundUp(raw);
}

/** Rounds up to one decimal in integers, as 3.1 asks, so that 4.02 is never made of a floating 4.0. */
function roundUp(value: number): number {
  const whole = Math.round(value * 100_000);
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10;
}

const v2 = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  CIA: { N: 0, P: 0.275, C: 0.66 },
} as const;

/** FIRST, CVSS 2.0 guide, section 3.2.1. */
function scoreOfV2(metrics: CvssMetrics): number {
  const kept = ["C", "I", "A"].reduce((product, name) => product * (1 - weight(v2.CIA, metrics.get(name))), 1);
  const impact = 10.41 * (1 - kept);
  const exploitability =
    20 * weight(v2.AV, metrics.get("AV")) * weight(v2.AC, metrics.get("AC")) * weight(v2.Au, metrics.get("Au"));
  const raw = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact === 0 ? 0 : 1.176);
  return Math.round(raw * 10) / 10;
}
