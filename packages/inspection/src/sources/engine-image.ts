import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { Outage, Refusal } from "@rampart/kernel";

const answerTimeoutMs = 60_000;
const system = "container engine";

/** Opens the archive of an image that a Docker-compatible engine holds. The answer is streamed as the engine builds it. */
export async function openEngineImage(
  socketPath: string,
  image: string,
  signal?: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  // Names keep their slashes and colons: engines take them as part of the path.
  const name = image.split("/").map(encodeURIComponent).join("/").replaceAll("%3A", ":").replaceAll("%40", "@");
  const response = await send(socketPath, `/images/${name}/get`, signal);
  if (response.statusCode === 200) return withOutage(response);
  response.resume();
  if (response.statusCode === 404) {
    throw new Refusal("not-found", "inspection.image.not-found", `The container engine has no image "${image}".`);
  }
  throw new Outage(system, new Error(`status ${response.statusCode}`));
}

function send(socketPath: string, path: string, signal: AbortSignal | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { socketPath, path, timeout: answerTimeoutMs, ...(signal !== undefined && { signal }) },
      resolve,
    );
    asked.once("timeout", () => asked.destroy(new Error(`no answer within ${answerTimeoutMs} ms`)));
    asked.once("error", (error) => reject(new Outage(system, error)));
    asked.end();
  });
}

async function* withOutage(response: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* response;
  } catch (error) {
    throw new Outage(system, error);
  }
}
