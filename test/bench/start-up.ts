import path from "node:path";
import { prepareOnebox, startOnebox } from "../servers/onebox.ts";
import { makeScratch } from "../servers/scratch.ts";
import { report } from "./report.ts";

/** A first start makes the database; a second finds it. Both on a prepared checkout, as `npm start` leaves it. */
const secondStartMaxSeconds = 10;

const prepareStart = performance.now();
prepareOnebox();
const prepareAgain = performance.now();
prepareOnebox();
const prepareAgainSeconds = (performance.now() - prepareAgain) / 1_000;

const scratch = await makeScratch("bench");
const dataDir = path.join(scratch.path, "data");
const first = await startOnebox({ dataDir });
const firstStop = performance.now();
await first.stop();
const stopSeconds = (performance.now() - firstStop) / 1_000;
const second = await startOnebox({ dataDir });
await second.stop();
await scratch.remove();

report("start-up", [
  { what: "prepare (builds what changed)", value: (prepareAgain - prepareStart) / 1_000, unit: "s" },
  { what: "prepare again, nothing changed", value: prepareAgainSeconds, unit: "s" },
  { what: "first start to ready", value: first.readySeconds, unit: "s" },
  {
    what: "second start to ready",
    value: second.readySeconds,
    unit: "s",
    beside: `with prepare < ${secondStartMaxSeconds} s`,
    met: prepareAgainSeconds + second.readySeconds < secondStartMaxSeconds,
  },
  { what: "clean stop", value: stopSeconds, unit: "s", beside: "< 10 s", met: stopSeconds < 10 },
]);
