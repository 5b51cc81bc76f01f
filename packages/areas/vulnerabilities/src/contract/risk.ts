import { z } from "zod";
import { Text } from "./text.ts";

/** Why a flaw matters more. The texts are part of the REST API and are understood by existing integrations. */
export const riskFactors = [
  "Critical severity",
  "High severity",
  "Medium severity",
  "Has fix",
  "Remote execution",
  "DoS - Low",
  "DoS - High",
  "Recent vulnerability",
  "Exploit exists - in the wild",
  "Exploit exists - POC",
  "Attack complexity: low",
  "Attack vector: network",
  "Reachable from the internet",
  "Listening ports",
  "Container is running as root",
  "No mandatory security profile applied",
  "Running as privileged container",
  "Package in use",
  "Sensitive information",
  "Root mount",
  "Runtime socket",
  "Host access",
] as const;
export const RiskFactor = z.enum(riskFactors);
export type RiskFactor = z.infer<typeof RiskFactor>;

/** One addend of a risk score, so that a page can explain the number. */
export const RiskTerm = z.object({ term: Text, points: z.number() });
export type RiskTerm = z.infer<typeof RiskTerm>;
