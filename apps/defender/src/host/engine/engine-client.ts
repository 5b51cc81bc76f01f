import type { IncomingMessage } from "node:http";
import path from "node:path";
import { Outage } from "@rampart/kernel";
import type { ContainerEngine, ContainerFacts, ImageFacts } from "@rampart/protocol";
import { z } from "zod";
import { EngineRefusal, engineSystem, openAnswer, readJson } from "./engine-http.ts";
import { ContainerSummary, EngineEvent, ImageSummary, InspectedContainer, InspectedImage, Version } from "./shapes.ts";
import { toContainerFacts, toImageFacts, toImageNames } from "./to-facts.ts";

export type WritableFacts = Readonly<{ upper: string; diffIds: readonly string[] }>;
export type ImageNames = ReturnType<typeof toImageNames>;

/** A Docker-compatible engine: dockerd, or podman's service. */
export type EngineClient = Readonly<{
  socketPath: string;
  describe(): Promise<ContainerEngine>;
  listImages(): Promise<readonly ImageNames[]>;
  /** Null when there is no such image any more. */
  findImage(id: string): Promise<ImageFacts | null>;
  listContainerIds(): Promise<readonly string[]>;
  /** Null when there is no such container any more. */
  findContainer(id: string): Promise<ContainerFacts | null>;
  /** Where the container keeps what it writes, and on which layers; null when the engine does not say. */
  findWritable(id: string): Promise<WritableFacts | null>;
  /** Resolves when the stream is open, so that nothing that happens afterwards is missed. Ends when the engine ends. */
  openEvents(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>;
}>;

const eventTypes = encodeURIComponent(JSON.stringify({ type: ["container", "image"] }));

export function engineClient(socketPath: string): EngineClient {
  async function read<Schema extends z.ZodType>(schema: Schema, address: string): Promise<z.infer<Schema>> {
    const parsed = schema.safeParse(await readJson(socketPath, address));
    if (!parsed.success) throw new Outage(engineSystem, new Error(`${address}: ${z.prettifyError(parsed.error)}`));
    return parsed.data;
  }

  async function find<Schema extends z.ZodType>(schema: Schema, address: string): Promise<z.infer<Schema> | null> {
    try {
      return await read(schema, address);
    } catch (error) {
      if (error instanceof EngineRefusal && error.status === 404) return null;
      throw error;
    }
  }

  return {
    socketPath,
    async describe() {
      const { Version: version, ApiVersion, Components } = await read(Version, "/version");
      const names = (Components ?? []).map(({ Name }) => Name.toLowerCase());
      const kind = names.some((name) => name.includes("podman"))
        ? "podman"
        : names.includes("engine")
          ? "docker"
          : "other";
      return { kind, version: version.slice(0, 64), ...(ApiVersion && { apiVersion: ApiVersion.slice(0, 32) }) };
    },
    listImages: async () => (await read(z.array(ImageSummary), "/images/json")).map(toImageNames),
    async findImage(id) {
      const found = await find(InspectedImage, `/images/${encodeURIComponent(id)}/json`);
      return found === null ? null : toImageFacts(found);
    },
    listContainerIds: async () => (await read(z.array(ContainerSummary), "/containers/json?all=1")).map(({ Id }) => Id),
    async findContainer(id) {
      const found = await find(InspectedContainer, `/containers/${encodeURIComponent(id)}/json`);
      return found === null ? null : toContainerFacts(found);
    },
    async findWritable(id) {
      const container = await find(InspectedContainer, `/containers/${encodeURIComponent(id)}/json`);
      const upper = container?.GraphDriver?.Data?.UpperDir ?? "";
      if (container === null || !path.isAbsolute(upper)) return null;
      const image = await find(InspectedImage, `/images/${encodeURIComponent(container.Image)}/json`);
      const diffIds = image?.RootFS?.Layers ?? [];
      return diffIds.length === 0 ? null : { upper, diffIds };
    },
    async openEvents(signal) {
      return readEvents(await openAnswer(socketPath, `/events?filters=${eventTypes}`, signal));
    },
  };
}

/** Engines write one event a line. One that is longer than this is skipped; the next full list makes up for it. */
const lineCharactersMax = 1024 * 1024;

async function* readEvents(answer: IncomingMessage): AsyncGenerator<EngineEvent> {
  // Whoever reads learns of a broken stream by the loop; without a reader nobody needs to.
  answer.on("error", () => undefined);
  answer.setEncoding("utf8");
  let rest = "";
  for await (const text of answer) {
    const lines = `${rest}${text}`.split("\n");
    rest = (lines.pop() ?? "").slice(0, lineCharactersMax);
    for (const line of lines) {
      const event = EngineEvent.safeParse(tryJson(line));
      if (event.success) yield event.data;
    }
  }
}

function tryJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
