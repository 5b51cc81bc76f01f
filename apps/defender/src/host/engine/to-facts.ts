import { labelsMax, type Labels } from "@rampart/kernel";
import type { ContainerFacts, ContainerState, ImageFacts } from "@rampart/protocol";
import type { ImageSummary, InspectedContainer, InspectedImage } from "./shapes.ts";

/** Bounds of the protocol; an engine may say more, and what it says is then cut, never refused. */
const namesMax = 256;
const nameMax = 512;
const argumentMax = 4_096;
const portsMax = 1_024;

const states: ReadonlyMap<string, ContainerState> = new Map([
  ["created", "created"],
  ["configured", "created"],
  ["initialized", "created"],
  ["running", "running"],
  ["stopping", "running"],
  ["paused", "paused"],
  ["restarting", "restarting"],
  ["removing", "removing"],
  ["exited", "exited"],
  ["stopped", "exited"],
  ["dead", "dead"],
]);

const protocols = ["tcp", "udp", "sctp"] as const;

type ImageNames = Pick<ImageFacts, "id" | "repoTags" | "repoDigests">;

export function toImageNames({ Id, RepoTags, RepoDigests }: ImageSummary): ImageNames {
  return { id: toImageId(Id), repoTags: toNames(RepoTags), repoDigests: toNames(RepoDigests) };
}

export function toImageFacts(image: InspectedImage): ImageFacts {
  const config = image.Config ?? {};
  const createdAt = toInstant(image.Created);
  return {
    ...toImageNames(image),
    labels: toLabels(config.Labels),
    sizeBytes: Math.max(Math.round(image.Size ?? 0), 0),
    ...(createdAt !== null && { createdAt }),
    ...textPart("os", image.Os, 32),
    ...textPart("architecture", image.Architecture, 32),
    ...textPart("user", config.User, namesMax),
    ...(config.Entrypoint && { entrypoint: toArguments(config.Entrypoint) }),
    ...(config.Cmd && { command: toArguments(config.Cmd) }),
  };
}

export function toContainerFacts(container: InspectedContainer): ContainerFacts {
  const startedAt = toInstant(container.State.StartedAt);
  const pid = container.State.Pid ?? 0;
  return {
    id: container.Id,
    name: container.Name.replace(/^\//, "").slice(0, nameMax),
    imageId: toImageId(container.Image),
    imageName: (container.Config.Image ?? container.Image).slice(0, nameMax),
    state: states.get(container.State.Status) ?? "dead",
    createdAt: toInstant(container.Created) ?? new Date(0).toISOString(),
    ...(startedAt !== null && { startedAt }),
    labels: toLabels(container.Config.Labels),
    ports: toPorts(container),
    ...(pid > 0 && { pid }),
    ...(container.HostConfig?.Privileged && { privileged: true }),
    ...textPart("user", container.Config.User, namesMax),
    ...textPart("networkMode", container.HostConfig?.NetworkMode, namesMax),
  };
}

/** podman leaves out the algorithm in some answers. */
export function toImageId(id: string): string {
  return /^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id;
}

/** Names in a fixed order, without the placeholders that engines write for "none". */
function toNames(names: readonly string[] | null | undefined): string[] {
  const real = (names ?? []).filter((name) => !name.includes("<none>")).map((name) => name.slice(0, nameMax));
  return [...new Set(real)].toSorted().slice(0, namesMax);
}

function toLabels(labels: Readonly<Record<string, string>> | null | undefined): Labels {
  const entries = Object.entries(labels ?? {}).slice(0, labelsMax);
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(0, nameMax), value.slice(0, argumentMax)]));
}

function toArguments(given: readonly string[]): string[] {
  return given.slice(0, namesMax).map((argument) => argument.slice(0, argumentMax));
}

function toPorts({ NetworkSettings }: InspectedContainer): ContainerFacts["ports"] {
  const ports = Object.entries(NetworkSettings?.Ports ?? {}).flatMap(([name, bindings]) => {
    const [number = "", kind = "tcp"] = name.split("/");
    const protocol = protocols.find((known) => known === kind);
    if (protocol === undefined || !isPort(number)) return [];
    const inside = { containerPort: Number(number), protocol };
    if (!bindings || bindings.length === 0) return [inside];
    return bindings.map(({ HostIp, HostPort }) => ({
      ...inside,
      ...textPart("hostIp", HostIp, 64),
      ...(HostPort && isPort(HostPort) && { hostPort: Number(HostPort) }),
    }));
  });
  return ports.slice(0, portsMax);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

/** Engines write the year 1 for "never". */
function toInstant(time: string | null | undefined): string | null {
  const parsed = new Date(time ?? "");
  return Number.isNaN(parsed.getTime()) || parsed.getUTCFullYear() < 1970 ? null : parsed.toISOString();
}

function textPart<Key extends string>(key: Key, text: string | null | undefined, lengthMax: number) {
  // The key is the one given, which a computed property cannot express.
  return (text ? { [key]: text.slice(0, lengthMax) } : {}) as { [Name in Key]?: string };
}
