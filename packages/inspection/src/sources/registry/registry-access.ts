import { z } from "zod";

const Secret = z.string().min(1).max(16_384);

/** How a registry is reached. Everything may be left out for a public one. */
export const RegistryAccess = z.strictObject({
  username: z.string().min(1).max(256).optional(),
  /** Password or token of the user. */
  password: Secret.optional(),
  /** PEM of the authority that vouches for the registry, when it is not a public one. */
  caCertificate: z.string().max(262_144).optional(),
  /** Without TLS: for a registry on the own machine or a closed network. */
  plainHttp: z.boolean().optional(),
});
export type RegistryAccess = z.infer<typeof RegistryAccess>;
