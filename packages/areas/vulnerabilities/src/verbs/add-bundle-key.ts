import { Refusal } from "@rampart/kernel";
import { bundleKeysMax, type AddBundleKey } from "../contract.ts";
import type { IntelligenceCtx } from "../ports.ts";

/** Trusts the bundles of a key from now on. Adding it again only changes its name. */
export async function addBundleKey(ctx: IntelligenceCtx, { name, publicKey }: AddBundleKey): Promise<void> {
  ctx.require("operations.write");
  const fingerprint = ctx.fingerprintOf(publicKey);
  await ctx.unit(async ({ bundleKeys, audit }) => {
    const known = await bundleKeys.find(fingerprint);
    if (known === null && (await bundleKeys.list()).length >= bundleKeysMax) throw tooMany();
    await bundleKeys.save({ fingerprint, publicKey, name, sequence: known?.sequence ?? 0 }, ctx.clock.now());
    await audit.record("vulnerabilities.bundle-key.added", { subject: name, after: { name, fingerprint } });
  });
}

function tooMany(): Refusal {
  return new Refusal(
    "limit",
    "vulnerabilities.bundle-key.too-many",
    `There are already ${bundleKeysMax} keys; remove one first.`,
  );
}
