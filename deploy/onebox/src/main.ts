import { messageOf, Refusal } from "@rampart/kernel";
import { readOneboxConfig } from "./config.ts";
import { createLog } from "./log.ts";
import { startOnebox } from "./onebox.ts";

const say = (text: string) => void process.stdout.write(text);

async function main(): Promise<void> {
  const config = readOneboxConfig(process.env, process.cwd());
  const log = createLog(config.log, say);
  const stop = new AbortController();
  const asked = untilAskedToStop().then((by) => {
    log.info(`stopping (${by})`);
    stop.abort();
  });
  const onebox = await startOnebox(config, log, stop.signal).catch((error: unknown) => {
    if (stop.signal.aborted) return null;
    throw error;
  });
  if (onebox !== null) {
    announce(onebox.consoleUrl, onebox.setupUrl);
    await asked;
    await onebox.stop();
  }
  log.info("stopped; the data is kept");
}

function untilAskedToStop(): Promise<string> {
  return new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
    process.once("SIGHUP", resolve);
  });
}

/** For eyes and for scripts: fixed words at the beginning of a line, the last one when everything answers. */
function announce(consoleUrl: string, setupUrl: string | null): void {
  say(`\n  Console  ${consoleUrl}\n`);
  if (setupUrl !== null) say(`  Set up   ${setupUrl}\n           (creates the first administrator; works once)\n`);
  say(`  Ready    in ${(performance.now() / 1_000).toFixed(1)} s; Ctrl-C stops everything and keeps the data\n\n`);
}

try {
  await main();
} catch (error) {
  // A Refusal is for the person at the terminal; anything else is for whoever mends it.
  const text =
    error instanceof Refusal
      ? error.message
      : error instanceof Error
        ? (error.stack ?? messageOf(error))
        : String(error);
  process.stderr.write(`\n${text}\n\n`);
  process.exitCode = error instanceof Refusal ? 2 : 70;
}
