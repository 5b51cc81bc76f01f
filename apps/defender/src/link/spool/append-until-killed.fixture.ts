import { writeSync } from "node:fs";
import { newId } from "../../host/new-id.ts";
import { Spool } from "./spool.ts";

/** Appends for ever and says which numbers are safe; the test kills it in the middle. */
const spool = await Spool.open({ folder: process.argv[2] ?? "", bytesMax: 1e9, segmentBytes: 20_000, newEpoch: newId });
for (let count = 0; ; count += 1) {
  const bodies = Array.from({ length: 1 + (count % 5) }, () => Buffer.alloc(1 + ((count * 37) % 4_000), count));
  const appended = bodies.map((body) => spool.append({ type: "image.removed", subject: "", body }));
  for (const number of await Promise.all(appended)) writeSync(1, `${number}\n`);
}
