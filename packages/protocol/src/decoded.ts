import { z } from "zod";

/** A frame that cannot be read is expected, so it is a value and not an exception. */
export type Decoded<Frame> = Readonly<{ ok: true; frame: Frame }> | Readonly<{ ok: false; reason: string }>;

/** Longest explanation of a bad frame; the rest of a long list of problems helps nobody. */
const reasonMax = 500;

export function decodeJson<Schema extends z.ZodType>(schema: Schema, text: string): Decoded<z.infer<Schema>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: "not JSON" };
  }
  const parsed = schema.safeParse(json);
  return parsed.success
    ? { ok: true, frame: parsed.data }
    : { ok: false, reason: z.prettifyError(parsed.error).slice(0, reasonMax) };
}
