import type { CustomVulnerabilitiesView, CustomVulnerability, SaveCustomVulnerabilities } from "../contract.ts";
import type { VulnerabilityCtx } from "../ports.ts";
import { refuseUnseen } from "./refuse-unseen.ts";
import { renewVerdicts } from "./renew-verdicts.ts";

/** Replaces the project's own flaws. What is compared already is compared again afterwards. */
export async function saveCustomVulnerabilities(
  ctx: VulnerabilityCtx,
  asked: SaveCustomVulnerabilities,
): Promise<CustomVulnerabilitiesView> {
  ctx.require("vulnerabilities.write");
  const entries = [...new Map(asked.entries.map((entry) => [keyOf(entry), entry])).values()];
  const digest = ctx.idOf(JSON.stringify(entries.map(keyOf).toSorted()));
  return ctx.unit(async (unit) => {
    const { ownLists, audit } = unit;
    const before = await ownLists.getCustom();
    if (before.digest === digest) return before;
    refuseUnseen(asked.seenDigest, before.digest);
    const known = new Map(before.entries.map((entry) => [keyOf(entry), entry]));
    const added = { owner: ctx.caller.name, createdAt: ctx.clock.now().toISOString() };
    const kept = entries.map((entry) => known.get(keyOf(entry)) ?? { ...entry, ...added });
    await ownLists.replaceCustom(kept, { digest, at: ctx.clock.now() });
    await audit.record("vulnerabilities.custom-vulnerabilities.saved", {
      subject: "custom vulnerabilities",
      before: before.entries.map(keyOf),
      after: entries.map(keyOf),
    });
    await renewVerdicts(unit);
    return ownLists.getCustom();
  });
}

function keyOf(entry: CustomVulnerability): string {
  const { name, packageName, packageType, minVersion = "*", maxVersion = "*", md5 = "", severity, reason } = entry;
  return [name, packageType, packageName, `${minVersion} to ${maxVersion}`, md5, severity, reason].join(" | ");
}
