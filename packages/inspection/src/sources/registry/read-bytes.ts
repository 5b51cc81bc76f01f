import type { IncomingMessage } from "node:http";
import { Refusal } from "@rampart/kernel";

/** Reads an answer that must be small. */
export async function readBytes(answer: IncomingMessage, bytesMax: number, what: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bytesMax) {
      answer.destroy();
      throw new Refusal("limit", "inspection.registry.document-over-limit", `${what} is too large.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
