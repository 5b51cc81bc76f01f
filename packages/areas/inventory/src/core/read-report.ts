import type { Labels } from "@rampart/kernel";
import type { ContainerEngine, ImageConfig, MachineFacts } from "../contract.ts";

/** An image as a host's engine describes it. */
export type EngineImage = Readonly<{
  id: string;
  repoTags: readonly string[];
  repoDigests: readonly string[];
  labels: Labels;
  sizeBytes: number;
  createdAt?: string | undefined;
  config: ImageConfig;
}>;

export type HostFacts = Readonly<{
  id: string;
  hostname: string;
  kernel: string;
  architecture: string;
  engine: ContainerEngine | null;
  labels: Labels;
  machine: MachineFacts;
}>;

type ReportedImage = Omit<EngineImage, "config"> & { [Key in keyof ImageConfig]: ImageConfig[Key] | undefined };
type ReportedHost = Readonly<{
  hostname: string;
  kernel: string;
  architecture: string;
  engine: ContainerEngine | null;
  labels?: Labels | undefined;
}> & { [Key in keyof MachineFacts]: MachineFacts[Key] | undefined };

/** Parts what identifies an image from how it would start. */
export function toEngineImage({ os, architecture, user, entrypoint, command, ...image }: ReportedImage): EngineImage {
  return { ...image, config: present({ os, architecture, user, entrypoint, command }) };
}

/** Parts what identifies a host from the figures of its machine. */
export function toHostFacts(id: string, reported: ReportedHost): HostFacts {
  const { hostname, kernel, architecture, engine, labels, ...machine } = reported;
  return { id, hostname, kernel, architecture, engine, labels: labels ?? {}, machine: present(machine) };
}

type Present<Given> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

function present<Given extends object>(given: Given): Present<Given> {
  // Only fields that are undefined are left out, which is exactly what the type says.
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<Given>;
}
