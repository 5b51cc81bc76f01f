import { Command } from "commander";
import type { CliConfig } from "../config.ts";
import { exitCodes, type ExitCode } from "../output/exit-codes.ts";
import { installDefender, type InstallOptions } from "../defender/install.ts";

/** `rampart defender install`: makes this host run a Defender that belongs to the project of the token. */
export function defenderCommand(config: CliConfig, finish: (code: ExitCode) => void): Command {
  const install = new Command("install")
    .description("Install a Defender on this host as a systemd service")
    .requiredOption("--gateway <url>", "the gateway, such as wss://console.example.org:8084")
    .requiredOption("--token <token>", "enrolment token from the page Defenders; valid once")
    .requiredOption("--pin <sha256>", "fingerprint of the installation's certificate authority, from the same page")
    .option("--folder <path>", "where the Defender keeps its key and its spool", "/var/lib/rampart-defender")
    .option("--dry-run", "print the files instead of writing them")
    .action(async (options: InstallOptions) => {
      await installDefender({
        ...options,
        ...(config.RAMPART_CONTAINER_SOCKET !== undefined && { socket: config.RAMPART_CONTAINER_SOCKET }),
      });
      finish(exitCodes.passed);
    });
  return new Command("defender").description("Defenders").addCommand(install);
}
