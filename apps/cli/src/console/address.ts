import { Refusal } from "@rampart/kernel";
import type { CliConfig } from "../config.ts";
import { consoleClient, signIn, type ConsoleClient } from "./client.ts";

/** The options that name a Console and prove who asks; the environment stands in for each. */
export type ConsoleOptions = Readonly<{
  address?: string;
  user?: string;
  password?: string;
  token?: string;
  project?: string;
}>;

/** Whether the command is meant for a Console at all. */
export function namesConsole(options: ConsoleOptions, config: CliConfig): boolean {
  return (options.address ?? config.RAMPART_CONSOLE_URL) !== undefined;
}

/** Opens the Console that options and environment name; says what is missing. */
export async function openConsole(options: ConsoleOptions, config: CliConfig): Promise<ConsoleClient> {
  const url = options.address ?? config.RAMPART_CONSOLE_URL;
  if (url === undefined || !URL.canParse(url)) {
    throw usage("Give the Console's address with --address or RAMPART_CONSOLE_URL, such as http://127.0.0.1:8083.");
  }
  const project = options.project ?? config.RAMPART_PROJECT;
  const token = options.token ?? config.RAMPART_TOKEN ?? (await tokenOf(url, options, config));
  return consoleClient({ url, token, ...(project !== undefined && { project }) });
}

async function tokenOf(url: string, options: ConsoleOptions, config: CliConfig): Promise<string> {
  const username = options.user ?? config.RAMPART_USERNAME;
  const password = options.password ?? config.RAMPART_PASSWORD;
  if (username === undefined || password === undefined) {
    throw usage("Set RAMPART_TOKEN, or RAMPART_USERNAME and RAMPART_PASSWORD, so that the Console knows who asks.");
  }
  return signIn(url, username, password);
}

function usage(message: string): Refusal {
  return new Refusal("invalid", "cli.usage", message);
}
