import { steps, type Step } from "./steps.ts";

/** `npm run check [step …]`: runs every step, or the named ones, and tells everything that is wrong at once. */
const wanted = process.argv.slice(2);
const failed: string[] = [];
const startedAt = performance.now();

for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  if (!(await passes(step))) failed.push(step.name);
}

const seconds = secondsSince(startedAt);
if (failed.length > 0) {
  console.error(`\nCheck failed after ${seconds}: ${failed.join(", ")}.`);
  process.exitCode = 1;
} else {
  console.log(`\nCheck passed in ${seconds}.`);
}

async function passes(step: Step): Promise<boolean> {
  const started = performance.now();
  const { ok, report } = await step.run().catch((error: unknown) => ({ ok: false, report: String(error) }));
  console.log(`${ok ? "ok    " : "FAILED"}  ${step.name.padEnd(14)} ${secondsSince(started)}`);
  if (!ok) console.error(`${report.trimEnd()}\n-> ${step.mend}\n`);
  return ok;
}

function secondsSince(start: number): string {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
