/** Metrics of a CVSS vector by their short names. */
export type CvssMetrics = ReadonlyMap<string, string>;

export type Cvss = Readonly<{ version: "2.0" | "3.0" | "3.1" | "4.0"; metrics: CvssMetrics }>;

/** Without threat or environmental metrics all three are the same; 4.0 knows only one score. */
export type CvssScores = Readonly<{ base: number; temporal: number; environmental: number }>;

/** Metrics of one vector; more than any version has. */
const metricsMax = 64;

/** Null when the text is no vector of a version that we can score. */
export function readCvss(vector: string): Cvss | null {
  const prefix = /^CVSS:(3\.0|3\.1|4\.0)\//.exec(vector)?.[1];
  const body = vector.replace(/^CVSS:[0-9.]+\//, "").replace(/^\(|\)$/g, "");
  const metrics = new Map<string, string>();
  for (const part of body.split("/", metricsMax)) {
    const [name, value] = part.split(":");
    if (name === undefined || value === undefined || metrics.has(name)) return null;
    metrics.set(name, value);
  }
  if (prefix === "3.0" || prefix === "3.1" || prefix === "4.0") return { version: prefix, metrics };
  return metrics.has("Au") ? { version: "2.0", metrics } : null;
}

/** Not a number for a value that the metric does not have, which makes the whole score not a number. */
export function weightOf(table: Readonly<Record<string, number>>, value: string | undefined): number {
  return (value !== undefined && Object.hasOwn(table, value) ? table[value] : undefined) ?? Number.NaN;
}
