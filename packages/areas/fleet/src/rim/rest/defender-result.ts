import { z } from "zod";
import type { DefenderDetail, DefenderRow } from "../../contract.ts";

const Text = z.string().max(1024);

/** A Defender as the public API shows it. Fields of features that do not exist here carry their resting value. */
export const DefenderResult = z.object({
  hostname: Text,
  fqdn: Text,
  version: Text,
  type: z.enum(["docker", "podman", "serverLinux"]),
  category: z.enum(["container", "host"]),
  connected: z.boolean(),
  lastModified: z.iso.datetime(),
  compatibleVersion: z.boolean(),
  certificateExpiration: z.iso.datetime().optional(),
  cluster: Text,
  isARM64: z.boolean(),
  usingOldCA: z.boolean(),
  features: z.object({ proxyListenerType: z.literal("none"), clusterMonitoring: z.boolean() }),
  status: z.object({ lastModified: z.iso.datetime() }),
  cloudMetadata: z.object({}),
  systemInfo: z.object({ kernelVersion: Text, cpuCount: z.number().optional(), memoryGB: z.number().optional() }),
  collections: z.array(Text).max(0),
});
export type DefenderResult = z.infer<typeof DefenderResult>;

const bytesPerGB = 1024 ** 3;

export function toDefenderResult(
  row: DefenderRow & Partial<Pick<DefenderDetail, "cpuCount" | "memoryBytes">>,
): DefenderResult {
  return {
    hostname: row.hostname,
    fqdn: row.fqdn ?? row.hostname,
    version: row.version,
    type: typeOf(row.engine?.kind),
    category: row.engine === null ? "host" : "container",
    connected: row.state === "connected",
    lastModified: row.stateSince,
    compatibleVersion: true,
    ...(row.certificateExpiresAt !== null && { certificateExpiration: row.certificateExpiresAt }),
    cluster: "",
    isARM64: row.architecture === "arm64" || row.architecture === "aarch64",
    usingOldCA: false,
    features: { proxyListenerType: "none", clusterMonitoring: false },
    status: { lastModified: row.lastSeenAt ?? row.enrolledAt },
    cloudMetadata: {},
    systemInfo: {
      kernelVersion: row.kernel ?? "",
      ...(row.cpuCount && { cpuCount: row.cpuCount }),
      ...(row.memoryBytes && { memoryGB: row.memoryBytes / bytesPerGB }),
    },
    collections: [],
  };
}

function typeOf(engine: string | undefined): DefenderResult["type"] {
  if (engine === undefined) return "serverLinux";
  return engine === "podman" ? "podman" : "docker";
}
