import { macroScores } from "./v4-macro-scores.data.ts";
import type { CvssMetrics } from "./vector.ts";

/** FIRST, CVSS 4.0 specification, section 8: how far each value lies below the highest of its metric, in steps. */
const levels: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AV: { N: 0, A: 1, L: 2, P: 3 },
  PR: { N: 0, L: 1, H: 2 },
  UI: { N: 0, P: 1, A: 2 },
  AC: { L: 0, H: 1 },
  AT: { N: 0, P: 1 },
  VC: { H: 0, L: 1, N: 2 },
  VI: { H: 0, L: 1, N: 2 },
  VA: { H: 0, L: 1, N: 2 },
  SC: { H: 1, L: 2, N: 3 },
  SI: { S: 0, H: 1, L: 2, N: 3 },
  SA: { S: 0, H: 1, L: 2, N: 3 },
  CR: { H: 0, M: 1, L: 2 },
  IR: { H: 0, M: 1, L: 2 },
  AR: { H: 0, M: 1, L: 2 },
  E: { A: 0, P: 1, U: 2 },
};

/** What an absent or undefined metric counts as: the worst. */
const assumed: Readonly<Record<string, string>> = { E: "A", CR: "H", IR: "H", AR: "H" };

/** Highest vectors of each level of an equivalence class, and how many steps lie below them within the level. */
type Level = Readonly<{ highest: readonly string[]; depth: number }>;

const attack: readonly Level[] = [
  { highest: ["AV:N/PR:N/UI:N"], depth: 1 },
  { highest: ["AV:A/PR:N/UI:N", "AV:N/PR:L/UI:N", "AV:N/PR:N/UI:P"], depth: 4 },
  { highest: ["AV:P/PR:N/UI:N", "AV:A/PR:L/UI:P"], depth: 5 },
];
const complexity: readonly Level[] = [
  { highest: ["AC:L/AT:N"], depth: 1 },
  { highest: ["AC:H/AT:N", "AC:L/AT:P"], depth: 2 },
];
const subsequent: readonly Level[] = [
  { highest: ["SC:H/SI:S/SA:S"], depth: 6 },
  { highest: ["SC:H/SI:H/SA:H"], depth: 5 },
  { highest: ["SC:L/SI:L/SA:L"], depth: 4 },
];
/** Classes 3 and 6 are read together: by the impact, then by what the environment requires. */
const impact: Readonly<Record<string, Level>> = {
  "00": { highest: ["VC:H/VI:H/VA:H/CR:H/IR:H/AR:H"], depth: 7 },
  "01": { highest: ["VC:H/VI:H/VA:L/CR:M/IR:M/AR:H", "VC:H/VI:H/VA:H/CR:M/IR:M/AR:M"], depth: 6 },
  "10": { highest: ["VC:L/VI:H/VA:H/CR:H/IR:H/AR:H", "VC:H/VI:L/VA:H/CR:H/IR:H/AR:H"], depth: 8 },
  "11": {
    highest: [
      "VC:L/VI:H/VA:L/CR:H/IR:M/AR:H",
      "VC:L/VI:H/VA:H/CR:H/IR:M/AR:M",
      "VC:H/VI:L/VA:H/CR:M/IR:H/AR:M",
      "VC:H/VI:L/VA:L/CR:M/IR:H/AR:H",
      "VC:L/VI:L/VA:H/CR:H/IR:H/AR:M",
    ],
    depth: 8,
  },
  "21": { highest: ["VC:L/VI:L/VA:L/CR:H/IR:H/AR:H"], depth: 10 },
};

type Metric = (name: string) => string;
type Classes = readonly [number, number, number, number, number, number];

/** Not a number when a metric is missing or has a value that it does not know. */
export function scoreOfV4(metrics: CvssMetrics): number {
  const metric: Metric = (name) => {
    const modified = metrics.get(`M${name}`);
    const value = modified === undefined || modified === "X" ? metrics.get(name) : modified;
    return (value === undefined || value === "X" ? assumed[name] : value) ?? "";
  };
  const isReadable = Object.entries(levels).every(([name, values]) => Object.hasOwn(values, metric(name)));
  if (!isReadable) return Number.NaN;
  if (["VC", "VI", "VA", "SC", "SI", "SA"].every((name) => metric(name) === "N")) return 0;
  const classes = classesOf(metric);
  const value = scoreOf(classes) ?? Number.NaN;
  const distances = distancesOf(classes, metric, value);
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
  // The tiny addend keeps 4.35 from becoming 4.3 because of its last bits.
  return Math.round((Math.min(10, Math.max(0, value - mean)) + 1e-9) * 10) / 10;
}

function classesOf(metric: Metric): Classes {
  const is = (name: string, ...values: readonly string[]) => values.includes(metric(name));
  const any = (names: readonly string[], value: string) => names.some((name) => is(name, value));
  const complexityLevel = is("AC", "L") && is("AT", "N") ? 0 : 1;
  const required = ["C", "I", "A"].some((name) => is(`${name}R`, "H") && is(`V${name}`, "H"));
  const safety = any(["SI", "SA"], "S");
  return [
    attackLevel(metric),
    complexityLevel,
    is("VC", "H") && is("VI", "H") ? 0 : any(["VC", "VI", "VA"], "H") ? 1 : 2,
    safety ? 0 : any(["SC", "SI", "SA"], "H") ? 1 : 2,
    levels["E"]?.[metric("E")] ?? 0,
    required ? 0 : 1,
  ];
}

function attackLevel(metric: Metric): number {
  const easy = ["AV", "PR", "UI"].filter((name) => metric(name) === "N").length;
  if (easy === 3) return 0;
  return easy > 0 && metric("AV") !== "P" ? 1 : 2;
}

function scoreOf(classes: Classes): number | undefined {
  return macroScores[classes.join("")];
}

/** For each class: the share of its level that the vector lies below the highest, times what the next level would cost. */
function distancesOf(classes: Classes, metric: Metric, value: number): readonly number[] {
  const [one, two, three, four, five, six] = classes;
  const next = (index: number) =>
    scoreOf(classes.map((level, at) => (at === index ? level + 1 : level)) as unknown as Classes); // six in, six out
  const steps: readonly (readonly [number | undefined, Level | undefined])[] = [
    [next(0), attack[one]],
    [next(1), complexity[two]],
    [nextImpact(classes, next), impact[`${three}${six}`]],
    [next(3), subsequent[four]],
    [next(4), { highest: [`E:${"APU"[five] ?? ""}`], depth: 1 }],
  ];
  return steps.flatMap(([lower, level]) => {
    if (lower === undefined || level === undefined) return [];
    return [((value - lower) * stepsBelow(level, metric)) / level.depth];
  });
}

function nextImpact(classes: Classes, next: (index: number) => number | undefined): number | undefined {
  const [, , three, , , six] = classes;
  if (three === 0 && six === 0) return Math.max(next(2) ?? 0, next(5) ?? 0);
  return six === 0 ? next(5) : next(2);
}

/** Steps below the first of the highest vectors that is nowhere lower than the given one. */
function stepsBelow({ highest }: Level, metric: Metric): number {
  for (const vector of highest) {
    const steps = vector.split("/").map((part) => {
      const [name = "", value = ""] = part.split(":");
      return (levels[name]?.[metric(name)] ?? 0) - (levels[name]?.[value] ?? 0);
    });
    if (steps.every((step) => step >= 0)) return steps.reduce((sum, step) => sum + step, 0);
  }
  return 0;
}
