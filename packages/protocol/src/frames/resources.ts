import { Labels } from "@rampart/kernel";
import { z } from "zod";
import { ContainerEngine, HostName, Instant, Sha256 } from "./parts.ts";

const Address = z.string().max(64);

export const HostFacts = z.strictObject({
  hostname: HostName,
  fqdn: HostName.optional(),
  kernel: z.string().max(256),
  architecture: z.string().max(32),
  cpuCount: z.int().nonnegative().max(100_000),
  memoryBytes: z.int().nonnegative(),
  diskTotalBytes: z.int().nonnegative().optional(),
  diskFreeBytes: z.int().nonnegative().optional(),
  addresses: z.array(Address).max(256).optional(),
  bootedAt: Instant.optional(),
  engine: ContainerEngine.nullable(),
  labels: Labels.optional(),
});
export type HostFacts = z.infer<typeof HostFacts>;

/** How the engine knows an image. The id is the digest of its configuration and thereby of its content. */
export const ImageFacts = z.strictObject({
  id: Sha256,
  repoTags: z.array(z.string().max(512)).max(256),
  repoDigests: z.array(z.string().max(512)).max(256),
  labels: Labels,
  createdAt: Instant.optional(),
  sizeBytes: z.int().nonnegative(),
  os: z.string().max(32).optional(),
  architecture: z.string().max(32).optional(),
  user: z.string().max(256).optional(),
  entrypoint: z.array(z.string().max(4096)).max(256).optional(),
  command: z.array(z.string().max(4096)).max(256).optional(),
});
export type ImageFacts = z.infer<typeof ImageFacts>;

export const containerStates = ["created", "running", "paused", "restarting", "removing", "exited", "dead"] as const;
export const ContainerState = z.enum(containerStates);
export type ContainerState = z.infer<typeof ContainerState>;

export const ContainerPort = z.strictObject({
  containerPort: z.int().min(0).max(65_535),
  protocol: z.enum(["tcp", "udp", "sctp"]),
  hostIp: Address.optional(),
  hostPort: z.int().min(0).max(65_535).optional(),
});
export type ContainerPort = z.infer<typeof ContainerPort>;

export const ContainerFacts = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(512),
  imageId: Sha256,
  imageName: z.string().max(512),
  state: ContainerState,
  createdAt: Instant,
  startedAt: Instant.optional(),
  labels: Labels,
  ports: z.array(ContainerPort).max(1024),
  pid: z.int().nonnegative().optional(),
  privileged: z.boolean().optional(),
  user: z.string().max(256).optional(),
  networkMode: z.string().max(256).optional(),
});
export type ContainerFacts = z.infer<typeof ContainerFacts>;
