import { Refusal } from "@rampart/kernel";
import { z } from "zod";
import { inventoryLimits } from "../limits.ts";

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const layersMax = inventoryLimits.layersMax;

/** `manifest.json` of what `docker save` and `podman save` write. */
export const DockerManifest = z
  .array(
    z.object({
      Config: z.string().min(1).max(512),
      RepoTags: z.array(z.string().max(512)).max(256).nullish(),
      Layers: z.array(z.string().min(1).max(512)).max(layersMax),
    }),
  )
  .min(1)
  .max(256);
export type DockerManifest = z.infer<typeof DockerManifest>;

const OciDescriptor = z.object({ digest: Digest, mediaType: z.string().max(256).optional() });

/** `index.json` of an OCI layout, and the indexes of several platforms inside it. */
export const OciIndex = z.object({
  manifests: z
    .array(
      OciDescriptor.extend({
        platform: z.object({ architecture: z.string().max(64), os: z.string().max(64) }).optional(),
        annotations: z.record(z.string().max(256), z.string().max(4096)).optional(),
      }),
    )
    .min(1)
    .max(256),
});
export type OciIndex = z.infer<typeof OciIndex>;
export type OciIndexEntry = OciIndex["manifests"][number];

export const OciManifest = z.object({ config: OciDescriptor, layers: z.array(OciDescriptor).max(layersMax) });
export type OciManifest = z.infer<typeof OciManifest>;

/** The part of an image's configuration that says what it is made of. */
export const ImageConfig = z.object({
  architecture: z.string().max(64).default(""),
  os: z.string().max(64).default(""),
  created: z.string().max(64).nullish(),
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
  rootfs: z.object({ diff_ids: z.array(Digest).max(layersMax) }),
  history: z
    .array(z.object({ created_by: z.string().optional(), empty_layer: z.boolean().optional() }))
    .max(4096)
    .nullish(),
});
export type ImageConfig = z.infer<typeof ImageConfig>;

/** Reads a document of an image; what is wrong with it is said in terms of its path. */
export function readDocument<T>(schema: z.ZodType<T>, bytes: Buffer, path: string): T {
  const parsed = schema.safeParse(readJson(bytes, path));
  if (!parsed.success) throw notAnImage(`${path} is not as expected: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export function notAnImage(what: string): Refusal {
  return new Refusal("invalid", "inspection.image.malformed", `This is not a sound image: ${what.slice(0, 512)}.`);
}

function readJson(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw notAnImage(`${path} is not JSON`);
  }
}
