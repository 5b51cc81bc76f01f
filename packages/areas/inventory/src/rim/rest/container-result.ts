import { z } from "zod";
import type { ContainerRow } from "../../contract.ts";

/** How a container differs from its image, in numbers. */
const ChangesResult = z.object({
  added: z.int(),
  replaced: z.int(),
  removed: z.int(),
  secrets: z.int(),
  complete: z.boolean().describe("False: a part could not be read, so more may have changed."),
  firstSeen: z.string(),
  lastReported: z.string(),
});

export const ContainerResult = z.looseObject({
  _id: z.string(),
  hostname: z.string(),
  scanTime: z.string(),
  changes: ChangesResult.nullable().describe("Packages and secrets that differ from its image. Null: none was seen."),
  info: z.looseObject({ name: z.string(), imageName: z.string(), imageID: z.string() }),
});
export type ContainerResult = z.infer<typeof ContainerResult>;

/** A container as the public API shows it. `cluster` and `namespace` stay away while they are unknown. */
export function toContainerResult(container: ContainerRow): ContainerResult {
  const namespace = container.labels["io.kubernetes.pod.namespace"];
  return {
    _id: container.id,
    hostname: container.hostname,
    scanTime: container.lastSeenAt,
    collections: ["All"],
    firewallProtection: { enabled: false, supported: false },
    runtimeEnabled: false,
    agentless: false,
    changes: toChanges(container.changes),
    info: {
      id: container.id,
      name: container.name,
      image: container.imageName,
      imageName: container.imageName,
      imageID: container.imageId,
      app: "",
      ...(namespace !== undefined && { namespace }),
      profileID: `${container.imageId}_${namespace ?? ""}_`,
      state: container.state,
      startTime: container.startedAt ?? container.createdAt ?? container.lastSeenAt,
      labels: Object.entries(container.labels).map(([key, value]) => `${key}:${value}`),
      externalLabels: [],
      complianceIssues: [],
      complianceIssuesCount: 0,
      complianceDistribution: { critical: 0, high: 0, medium: 0, low: 0, total: 0 },
      complianceRiskScore: 0,
      cloudMetadata: { provider: "others", region: "", accountID: "no cloud account" },
      installedProducts: {},
      infra: false,
      network: { ports: container.ports.map(toNetworkPort) },
    },
  };
}

/** How it differs from its image; null while nothing was seen to differ. */
function toChanges(changes: ContainerRow["changes"]) {
  if (changes === null) return null;
  const { added, replaced, removed, secrets, complete, firstSeenAt, reportedAt } = changes;
  return { added, replaced, removed, secrets, complete, firstSeen: firstSeenAt, lastReported: reportedAt };
}

function toNetworkPort(port: ContainerRow["ports"][number]) {
  return {
    container: port.containerPort,
    host: port.hostPort ?? 0,
    hostIP: port.hostIp ?? "",
    listening: false,
    nat: port.hostPort !== undefined,
  };
}
