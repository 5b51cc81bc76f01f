import type { AllowedCve, AllowedCvesView, SaveAllowedCves } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";
import { refuseUnseen } from "./refuse-unseen.ts";
import { renewVerdicts } from "./renew-verdicts.ts";

/** Replaces the list of CVEs that the project accepts. Stored findings are decided anew afterwards. */
export async function saveAllowedCves(ctx: VulnerabilityCtx, asked: SaveAllowedCves): Promise<AllowedCvesView> {
  ctx.require("vulnerabilities.write");
  const entries = [...new Map(asked.entries.map((entry) => [entry.cve, entry])).values()];
  const digest = ctx.idOf(JSON.stringify(entries.map(textOf).toSorted()));
  return ctx.unit(async (unit) => {
    const { ownLists, audit } = unit;
    const before = await ownLists.getAllowed();
    if (before.digest === digest) return before;
    refuseUnseen(asked.seenDigest, before.digest);
    const known = new Map(before.entries.map((entry) => [textOf(entry), entry]));
    const added = { owner: ctx.caller.name, createdAt: ctx.clock.now().toISOString() };
    const kept = entries.map((entry) => known.get(textOf(entry)) ?? { ...entry, ...added });
    await ownLists.replaceAllowed(kept, { digest, at: ctx.clock.now() });
    await audit.record("vulnerabilities.cve-allow-list.saved", {
      subject: "CVE allow list",
      before: before.entries.map(textOf),
      after: entries.map(textOf),
    });
    await renewVerdicts(unit);
    return ownLists.getAllowed();
  });
}

function textOf({ cve, description, expiresAt = "never" }: AllowedCve): string {
  return [cve, `expires ${expiresAt}`, description].join(" | ");
}
