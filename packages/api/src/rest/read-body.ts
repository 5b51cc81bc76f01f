import { Refusal } from "@rampart/kernel";

/** Policies and feeds are the largest bodies of the public API. */
const bodyBytesMax = 8 * 1024 * 1024;

/** The JSON body of a request, whatever its content type says: clients send any or none. Empty bodies are `{}`. */
export async function readBody(request: Request): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > bodyBytesMax) {
      throw new Refusal("invalid", "api.body.too-large", `The body is larger than ${bodyBytesMax} bytes.`);
    }
    chunks.push(chunk);
  }
  const text = new TextDecoder().decode(concat(chunks, size)).trim();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid", "api.body.not-json", "The body is not valid JSON.");
  }
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const joined = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return joined;
}
