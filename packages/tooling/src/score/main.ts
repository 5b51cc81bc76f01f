import { holds, measureScorecard } from "./scorecard.ts";

/** `npm run score [--where]`: the scorecard of the house for the working tree; `--where` names the places that break it. */
const showsPlaces = process.argv.includes("--where");
const rows = await measureScorecard();
const width = Math.max(...rows.map(({ what }) => what.length));

console.log(`${"".padEnd(width)}     now   limit`);
for (const row of rows) {
  const bound = `${row.atLeast ? ">=" : "<="} ${row.limit}`;
  console.log(
    `${row.what.padEnd(width)}  ${String(row.now).padStart(6)}  ${bound.padStart(6)}  ${holds(row) ? "" : "broken"}`.trimEnd(),
  );
  if (showsPlaces && !holds(row)) for (const place of row.where) console.log(`    ${place}`);
}
process.exitCode = rows.every(holds) ? 0 : 1;
