import type { VulnerabilityUnit } from "../ports.ts";

/** Has every resource of the project compared and decided anew, as after a change of its rules. */
export async function renewVerdicts({ policies, facts }: VulnerabilityUnit): Promise<void> {
  for (const policy of ["image", "host"] as const) {
    const { revision } = await policies.get(policy);
    await facts.append({
      type: "vulnerabilities.policy-changed",
      payload: { policy, revision: Math.max(1, revision) },
    });
  }
}
