import { readFile } from "node:fs/promises";
import type { RegistryAccess } from "@rampart/inspection";
import { Refusal } from "@rampart/kernel";
import type { CliConfig } from "../config.ts";

export type RegistryOptions = Readonly<{ registryUser?: string; registryCa?: string; plainHttp?: boolean }>;

/** How the registry is reached, by options and environment. A user without a password is refused. */
export async function registryAccess(
  { registryUser, registryCa, plainHttp }: RegistryOptions,
  { RAMPART_REGISTRY_USERNAME, RAMPART_REGISTRY_PASSWORD: password }: CliConfig,
): Promise<RegistryAccess> {
  const username = registryUser ?? RAMPART_REGISTRY_USERNAME;
  if ((username === undefined) !== (password === undefined)) {
    const message = "A registry wants both: a user (--registry-user) and its password (RAMPART_REGISTRY_PASSWORD).";
    throw new Refusal("invalid", "cli.registry.login", message);
  }
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(registryCa !== undefined && { caCertificate: await readCertificate(registryCa) }),
    ...(plainHttp === true && { plainHttp }),
  };
}

async function readCertificate(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch {
    throw new Refusal("not-found", "cli.file.not-found", `There is no readable file "${file}" (--registry-ca).`);
  }
}
