import { request, type IncomingMessage } from "node:http";
import { messageOf, Outage } from "@rampart/kernel";

/** The engine answered, and said no. */
export class EngineRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(`the container engine answered ${status}: ${message}`);
    this.status = status;
  }
}

const answerTimeoutMs = 60_000;
/** Largest JSON answer; a host with 10,000 images answers with some 10 MB. */
const answerBytesMax = 64 * 1024 * 1024;
const errorBytesMax = 4_096;

export const engineSystem = "the container engine";

/** Asks a Docker-compatible engine over its socket; the answer is not read yet. */
export async function openAnswer(socketPath: string, path: string, signal?: AbortSignal): Promise<IncomingMessage> {
  const answer = await send(socketPath, path, signal);
  const status = answer.statusCode ?? 0;
  if (status >= 200 && status < 300) return answer;
  const text = (await readAll(answer, errorBytesMax).catch(() => Buffer.alloc(0))).toString("utf8");
  if (status >= 500) throw new Outage(engineSystem, new EngineRefusal(status, messageIn(text)));
  throw new EngineRefusal(status, messageIn(text));
}

export async function readJson(socketPath: string, path: string, signal?: AbortSignal): Promise<unknown> {
  const answer = await openAnswer(socketPath, path, signal);
  try {
    return JSON.parse((await readAll(answer, answerBytesMax)).toString("utf8"));
  } catch (cause) {
    throw new Outage(engineSystem, cause);
  }
}

function send(socketPath: string, path: string, signal: AbortSignal | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, headers: { host: "engine" }, ...(signal && { signal }) });
    // Only until the answer begins: an event stream is silent for as long as nothing happens.
    const timer = setTimeout(() => asked.destroy(new Error(`no answer within ${answerTimeoutMs} ms`)), answerTimeoutMs);
    asked.once("response", (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    asked.once("error", (cause) => {
      clearTimeout(timer);
      reject(new Outage(engineSystem, cause));
    });
    asked.end();
  });
}

async function readAll(answer: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new Error(`the answer is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function messageIn(text: string): string {
  try {
    const { message } = JSON.parse(text);
    return typeof message === "string" ? message : text;
  } catch (error) {
    return text === "" ? messageOf(error) : text;
  }
}
