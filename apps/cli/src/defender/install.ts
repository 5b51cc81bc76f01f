import { execFile } from "node:child_process";
import { access, cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Outage, Refusal } from "@rampart/kernel";
import { environmentFile, unitFile, type DefenderSettings } from "./systemd.ts";

export type InstallOptions = DefenderSettings & Readonly<{ dryRun?: boolean }>;

const programFolder = "/usr/local/lib/rampart-defender";
const environmentPath = "/etc/rampart/defender.env";
const unitPath = "/etc/systemd/system/rampart-defender.service";
const bundle = fileURLToPath(new URL("../../../defender/dist", import.meta.url));
const run = promisify(execFile);

/** Copies the Defender and its Node.js to this host, writes its service and starts it. Safe to repeat: that upgrades. */
export async function installDefender(options: InstallOptions): Promise<void> {
  refuseBadOptions(options);
  const environment = environmentFile(options);
  const unit = unitFile({ programFolder, environmentPath, stateFolder: options.folder });
  if (options.dryRun === true) {
    process.stdout.write(`# ${environmentPath}\n${environment}\n# ${unitPath}\n${unit}`);
    return;
  }
  if (process.getuid?.() !== 0)
    throw new Refusal("forbidden", "cli.defender.not-root", "Installing a Defender needs root; try sudo.");
  await access(join(bundle, "defender.cjs")).catch(() => {
    throw new Refusal(
      "precondition",
      "cli.defender.not-built",
      "The Defender is not built yet; run `npm run build` first.",
    );
  });
  await mkdir(programFolder, { recursive: true });
  await cp(bundle, programFolder, { recursive: true });
  await cp(process.execPath, join(programFolder, "node"), { dereference: true });
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  await mkdir(dirname(environmentPath), { recursive: true });
  // Holds the enrolment token until it is used up.
  await writeFile(environmentPath, environment, { mode: 0o600 });
  await writeFile(unitPath, unit);
  await startUnit();
}

function refuseBadOptions({ gateway, pin }: InstallOptions): void {
  if (!URL.canParse(gateway) || !/^wss?:$/.test(new URL(gateway).protocol)) {
    throw new Refusal(
      "invalid",
      "cli.usage",
      `"${gateway}" is no gateway address; it looks like wss://console.example.org:8084.`,
    );
  }
  if (!/^[\w+/=:-]{32,128}$/.test(pin)) {
    throw new Refusal(
      "invalid",
      "cli.usage",
      "The pin is the fingerprint that the page Defenders shows; copy it whole.",
    );
  }
}

async function startUnit(): Promise<void> {
  try {
    await run("systemctl", ["daemon-reload"]);
    await run("systemctl", ["enable", "--now", "rampart-defender.service"]);
    await run("systemctl", ["restart", "rampart-defender.service"]);
    process.stdout.write("The Defender runs; the page Defenders shows it in a few seconds.\n");
  } catch (cause) {
    throw new Outage("systemd (the files are in place; start rampart-defender.service yourself)", cause);
  }
}
