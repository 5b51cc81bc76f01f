import { Refusal } from "@rampart/kernel";
import { feedLocationsMax, type FeedLocationStatus, type SaveFeedLocation } from "../contract.ts";
import { checkFeedAddress, type FeedAddressFault } from "../core/check-feed-address.ts";
import type { IntelligenceCtx } from "../ports.ts";

/** Adds a folder or address that is looked at by itself, or changes how. It is looked at soon after. */
export async function saveFeedLocation(ctx: IntelligenceCtx, asked: SaveFeedLocation): Promise<void> {
  ctx.require("operations.write");
  const fault = checkFeedAddress(asked);
  if (fault !== null) throw new Refusal("invalid", `vulnerabilities.feed-location.${fault}`, sentences[fault]);
  if (typeof asked.caCertificate === "string") ctx.checkCertificates(asked.caCertificate);
  await ctx.unit(async ({ locations, audit }) => {
    const known = await locations.list();
    const before = known.find(({ location }) => location === asked.location);
    if (before === undefined && known.length >= feedLocationsMax) throw tooMany();
    await locations.save(asked, ctx.clock.now());
    await audit.record("vulnerabilities.feed-location.saved", {
      subject: asked.location,
      before: before && forAudit(before),
      after: {
        everyHours: asked.everyHours,
        isEnabled: asked.isEnabled,
        // The kind that was given, and nothing when what is stored was kept.
        ...(asked.credential !== undefined && { signsInBy: asked.credential?.kind ?? null }),
        ...(asked.caCertificate !== undefined && { hasOwnAuthority: asked.caCertificate !== null }),
      },
    });
  });
}

const sentences: Readonly<Record<FeedAddressFault, string>> = {
  "credential-in-address":
    "Leave the user name and password out of the address and give them as a credential: an address is shown to everybody who may see this page.",
  "credential-in-the-clear": "A credential and a certificate are only used with an https address.",
  "credential-for-folder": "A folder takes neither a credential nor a certificate.",
};

/** What people decide about a location; of a credential only its kind. */
function forAudit({ everyHours, isEnabled, credential, hasOwnAuthority }: FeedLocationStatus) {
  return { everyHours, isEnabled, signsInBy: credential, hasOwnAuthority };
}

function tooMany(): Refusal {
  return new Refusal(
    "limit",
    "vulnerabilities.feed-location.too-many",
    `There are already ${feedLocationsMax} locations; remove one first.`,
  );
}
