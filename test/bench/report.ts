import { cpus, totalmem } from "node:os";

/** One line of a bench: what was measured, what came out, and what it is compared with. */
export type Figure = Readonly<{
  what: string;
  value: number;
  unit: string;
  /** A target, a peer measured in the same run, or a physical limit. */
  beside?: string;
  /** False makes the bench fail. */
  met?: boolean;
}>;

/** Prints the figures of one bench with the machine they were measured on. A missed target becomes the exit code. */
export function report(bench: string, figures: readonly Figure[]): void {
  const memoryGb = Math.round(totalmem() / 1024 ** 3);
  const lines = figures.map((figure) => {
    const verdict = figure.met === undefined ? "" : figure.met ? "  met" : "  MISSED";
    return `  ${figure.what.padEnd(44)} ${shown(figure.value).padStart(10)} ${figure.unit.padEnd(6)} ${figure.beside ?? ""}${verdict}`;
  });
  process.stdout.write(
    `${bench} (${cpus().length} cores, ${memoryGb} GB, Node ${process.versions.node})\n${lines.join("\n")}\n`,
  );
  if (figures.some((figure) => figure.met === false)) process.exitCode = 1;
}

function shown(value: number): string {
  return Number.isInteger(value)
    ? value.toLocaleString("en")
    : value.toLocaleString("en", { maximumFractionDigits: 2 });
}

/** The value below which `share` of the samples lie (nearest rank). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
