import { access, constants } from "node:fs/promises";
import type { Inspection, InspectionRequest } from "@rampart/inspection";
import { Refusal } from "@rampart/kernel";
import type { Command } from "commander";
import type { CliConfig } from "../config.ts";
import { registryAccess, type RegistryOptions } from "./registry-access.ts";

export type SourceOptions = Readonly<{
  archive?: string;
  ociLayout?: string;
  rootfs?: string;
  dockerAddress?: string;
  registry?: boolean;
}> &
  RegistryOptions;

const engineSockets = ["/var/run/docker.sock", "/run/podman/podman.sock"];

export function withSourceOptions(command: Command): Command {
  return command
    .argument("[reference]", "name or id of an image in the container engine, or its name in a registry")
    .option("--registry", "read the image from its registry, without an engine")
    .option("--registry-user <name>", "user of the registry; the password is RAMPART_REGISTRY_PASSWORD")
    .option("--registry-ca <file>", "certificate of the authority that vouches for the registry")
    .option("--plain-http", "speak to the registry without TLS")
    .option("--archive <file>", "tar file of `docker save` or an OCI archive")
    .option("--oci-layout <folder>", "folder in OCI layout")
    .option("--rootfs <folder>", "unpacked root file system, or the mounted disk of a VM")
    .option("--docker-address <socket>", "socket of the container engine");
}

/** What reports call the thing: as it was asked for, or as it calls itself. */
export function nameOf(reference: string | undefined, options: SourceOptions, { image }: Inspection): string {
  return reference ?? image?.repoTags[0] ?? options.archive ?? options.ociLayout ?? options.rootfs ?? "unnamed";
}

/** The one thing to scan. Naming none or two is refused. */
export async function sourceOf(
  reference: string | undefined,
  options: SourceOptions,
  config: CliConfig,
): Promise<InspectionRequest["source"]> {
  const { archive, ociLayout, rootfs } = options;
  const named = [reference, archive, ociLayout, rootfs].filter((source) => source !== undefined);
  if (named.length !== 1) {
    throw new Refusal("invalid", "cli.usage", "Name one thing to scan: an image, --archive, --oci-layout or --rootfs.");
  }
  if (options.registry === true && reference !== undefined) {
    return { kind: "registry", image: reference, access: await registryAccess(options, config) };
  }
  if (archive !== undefined) return { kind: "archive", path: archive };
  if (ociLayout !== undefined) return { kind: "oci-layout", path: ociLayout };
  if (rootfs !== undefined) return { kind: "root-folder", path: rootfs };
  return { kind: "engine", socketPath: await engineSocket(options, config), image: reference ?? "" };
}

async function engineSocket(options: SourceOptions, config: CliConfig): Promise<string> {
  const given = options.dockerAddress ?? config.RAMPART_CONTAINER_SOCKET;
  if (given !== undefined) return given.replace(/^unix:\/\//, "");
  for (const path of engineSockets) {
    const isThere = await access(path, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  const message =
    "No container engine was found; name its socket with --docker-address or RAMPART_CONTAINER_SOCKET, read the image from its --registry, or scan an --archive.";
  throw new Refusal("invalid", "cli.engine.none", message);
}
