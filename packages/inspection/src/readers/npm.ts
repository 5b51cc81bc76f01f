import { z } from "zod";
import type { FileContent } from "../layers/layer-result.ts";
import { keepFitting } from "../layers/layer-result.ts";

const NodeModule = z.object({
  name: z.string(),
  version: z.string(),
  license: z
    .union([z.string(), z.object({ type: z.string() })])
    .optional()
    .catch(undefined),
});

/** Reads the package.json of an installed module; null when it is not one (tests and type folders have their own). */
export function readNodeModule(bytes: Buffer): FileContent | null {
  const parsed = NodeModule.safeParse(JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, "")));
  if (!parsed.success) return null;
  const { name, version, license } = parsed.data;
  const licenseName = typeof license === "string" ? license : license?.type;
  const { packages } = keepFitting([
    {
      name,
      version: version.replace(/^[v=\s]+/, ""),
      kind: "nodejs",
      ...(licenseName !== undefined && licenseName !== "" && { licenses: [licenseName.slice(0, 256)] }),
    },
  ]);
  return packages.length === 0 ? null : { is: "packages", packages };
}
