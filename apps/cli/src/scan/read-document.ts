import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { sbomBytesMax } from "@rampart/inspection";
import { Refusal } from "@rampart/kernel";

/** The bytes of a bill of materials: a file, or standard input for `-`. Reads no more than can be understood. */
export async function readDocument(path: string): Promise<Buffer> {
  if (path === "-") return collect(process.stdin, "Standard input");
  const found = await stat(path).catch(() => null);
  if (found === null || found.isDirectory()) {
    throw new Refusal("not-found", "inspection.sbom.not-found", `There is no file "${path}".`);
  }
  return collect(createReadStream(path), `"${path}"`);
}

async function collect(stream: AsyncIterable<Buffer>, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > sbomBytesMax) {
      const message = `${name} is larger than ${sbomBytesMax / 1024 / 1024} MiB, the most that is read of a bill of materials.`;
      throw new Refusal("limit", "inspection.sbom.over-limit", message);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
