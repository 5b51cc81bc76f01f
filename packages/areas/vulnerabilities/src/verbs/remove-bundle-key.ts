import { Refusal } from "@rampart/kernel";
import type { RemoveBundleKey } from "../contract.ts";
import type { IntelligenceCtx } from "../ports.ts";

/** Trusts a key no longer. What its bundles brought stays in force. */
export async function removeBundleKey(ctx: IntelligenceCtx, { fingerprint }: RemoveBundleKey): Promise<void> {
  ctx.require("operations.write");
  await ctx.unit(async ({ bundleKeys, audit }) => {
    if (!(await bundleKeys.remove(fingerprint))) {
      throw new Refusal("not-found", "vulnerabilities.bundle-key.not-found", "No such key is trusted here.");
    }
    await audit.record("vulnerabilities.bundle-key.removed", { subject: fingerprint });
  });
}
