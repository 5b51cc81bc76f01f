import { Hello } from "@rampart/protocol/contract";
import type { z } from "zod";

/** What a hello says about the host, as it is kept in `fleet_defender.facts`. */
export const DefenderFacts = Hello.pick({
  fqdn: true,
  startedAt: true,
  os: true,
  kernel: true,
  architecture: true,
  cpuCount: true,
  memoryBytes: true,
  engine: true,
  features: true,
}).strip();
export type DefenderFacts = z.infer<typeof DefenderFacts>;
