import { z } from "zod";

/** The parts of the Docker-compatible API that we read. Engines add fields, leave some out, and write null for empty. */

const Texts = z.array(z.string()).nullish();
const TextMap = z.record(z.string(), z.string()).nullish();

export const Version = z.object({
  Version: z.string().default(""),
  ApiVersion: z.string().optional(),
  Components: z.array(z.object({ Name: z.string() })).nullish(),
});

export const ImageSummary = z.object({ Id: z.string(), RepoTags: Texts, RepoDigests: Texts });
export type ImageSummary = z.infer<typeof ImageSummary>;

export const InspectedImage = z.object({
  Id: z.string(),
  RepoTags: Texts,
  RepoDigests: Texts,
  Created: z.string().nullish(),
  Size: z.number().nullish(),
  Os: z.string().nullish(),
  Architecture: z.string().nullish(),
  Config: z.object({ User: z.string().nullish(), Entrypoint: Texts, Cmd: Texts, Labels: TextMap }).nullish(),
  RootFS: z.object({ Layers: Texts }).nullish(),
});
export type InspectedImage = z.infer<typeof InspectedImage>;

export const ContainerSummary = z.object({ Id: z.string() });

const PortBinding = z.object({ HostIp: z.string().nullish(), HostPort: z.string().nullish() });

export const InspectedContainer = z.object({
  Id: z.string(),
  Name: z.string().default(""),
  Image: z.string(),
  Created: z.string(),
  State: z.object({ Status: z.string(), Pid: z.number().nullish(), StartedAt: z.string().nullish() }),
  Config: z.object({ Image: z.string().nullish(), Labels: TextMap, User: z.string().nullish() }),
  HostConfig: z.object({ Privileged: z.boolean().nullish(), NetworkMode: z.string().nullish() }).nullish(),
  GraphDriver: z.object({ Data: z.object({ UpperDir: z.string().nullish() }).nullish() }).nullish(),
  NetworkSettings: z.object({ Ports: z.record(z.string(), z.array(PortBinding).nullish()).nullish() }).nullish(),
});
export type InspectedContainer = z.infer<typeof InspectedContainer>;

export const EngineEvent = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string(), Attributes: TextMap }),
});
export type EngineEvent = z.infer<typeof EngineEvent>;
