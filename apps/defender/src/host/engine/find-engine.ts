import { stat } from "node:fs/promises";
import type { ContainerEngine } from "@rampart/protocol";
import { engineClient, type EngineClient } from "./engine-client.ts";

/** Where engines listen when nobody says otherwise, best first. */
const usualSockets = ["/var/run/docker.sock", "/run/podman/podman.sock", "/run/user/0/podman/podman.sock"];

export type FoundEngine = Readonly<{ client: EngineClient; engine: ContainerEngine }>;

/** The first engine that answers; null when none does. A socket that is named leaves no choice. */
export async function findEngine(namedSocket?: string): Promise<FoundEngine | null> {
  const sockets = namedSocket === undefined ? usualSockets : [namedSocket];
  for (const socketPath of sockets) {
    const found = await stat(socketPath).catch(() => null);
    if (found === null || !found.isSocket()) continue;
    const client = engineClient(socketPath);
    const engine = await client.describe().catch(() => null);
    if (engine !== null) return { client, engine };
  }
  return null;
}
