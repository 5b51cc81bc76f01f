import { listUses, useReader } from "@rampart/inventory";
import { Outage } from "@rampart/kernel";
import type { ResourceRef } from "../contract.ts";
import { refOf, resourceKey } from "../core/resource-ref.ts";
import { isInUse, useOfFinding, type UsedFinding } from "../core/use-of-finding.ts";
import type { MatchingCtx } from "../ports.ts";

/** All findings of the resources, or those of which nothing is noted yet. */
type Extent = "all" | "new";
type Uses = Awaited<ReturnType<typeof listUses>>;

/** How often uses that change meanwhile are read anew. */
const triesMax = 5;

/**
 * Notes with findings whether processes use what they are about. Findings are read after the uses, and the uses once
 * more after the findings are written: whichever of the two changes last, the note is of both.
 */
export async function markUse(ctx: MatchingCtx, resources: readonly ResourceRef[], extent: Extent): Promise<void> {
  ctx.require("vulnerabilities.write");
  let uses = await listUses(ctx.inventory, resources);
  for (let tries = 0; tries < triesMax; tries += 1) {
    // What nobody has looked at is unknown, as findings are from the beginning.
    if (uses.length === 0) return;
    await markBy(ctx, uses, extent);
    const now = await listUses(ctx.inventory, resources);
    if (stateOf(now) === stateOf(uses)) return;
    uses = now;
  }
  throw new Outage("marking", new Error("what processes use keeps changing"));
}

async function markBy(ctx: MatchingCtx, uses: Uses, extent: Extent): Promise<void> {
  ctx.require("vulnerabilities.write");
  const readers = new Map(uses.map((use) => [resourceKey(use), useReader(use)]));
  const inUse = (finding: UsedFinding): boolean | null => {
    const useOf = readers.get(resourceKey(finding));
    return useOf === undefined ? null : isInUse(useOfFinding(finding, useOf));
  };
  // oxlint-disable-next-line rampart/write-verb-audits -- what Defenders see is no act of administration
  await ctx.unit(async ({ resources, findings, facts }) => {
    const known = await resources.lockKnown(uses);
    const marks = (await findings.listPlaces(known, extent))
      .map((finding) => ({ id: finding.id, before: finding.inUse, inUse: inUse(finding) }))
      .filter((mark) => mark.before !== mark.inUse);
    if (marks.length === 0) return;
    await findings.setUse(marks);
    const marked = known.map(refOf);
    await facts.append({ type: "vulnerabilities.use-marked", payload: { resources: marked } });
  });
}

/** What decides about findings: when something was last seen does not. */
function stateOf(uses: Uses): string {
  const states = uses.map((use) => {
    const told = use.told.map(({ toldBy, packageKind, subject }) => [toldBy, packageKind, subject].join(" "));
    return [resourceKey(use), use.otherwise, ...told.toSorted()].join("\n");
  });
  return states.toSorted().join("\n\n");
}
