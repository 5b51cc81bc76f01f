import { z } from "zod";

/** Instant in ISO 8601 with a zone; the sender's clock. */
export const Instant = z.iso.datetime({ offset: true }).max(40);

/**
 * Identifies one spool of a Defender; a new one is made when the spool starts from nothing. UUID version 7, so that the
 * reports of a later spool sort after those of an earlier one.
 */
export const Epoch = z.uuid({ version: "v7" });

/** Grows with each report of an epoch, from 1, possibly with gaps where reports were dropped. */
export const Sequence = z.int().positive();

export const HostName = z.string().min(1).max(253);
export const VersionText = z.string().min(1).max(64);

/** Content hash in the form `sha256:<hex>`. */
export const Sha256 = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** A certificate or certificate request in PEM. */
export const Pem = z.string().min(64).max(8192).startsWith("-----BEGIN ");

export const ContainerEngine = z.strictObject({
  kind: z.enum(["docker", "podman", "other"]),
  version: z.string().max(64),
  apiVersion: z.string().max(32).optional(),
});
export type ContainerEngine = z.infer<typeof ContainerEngine>;
