import { restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindIntelligence } from "../../bind.ts";
import { FeedLocationStatus, RemoveFeedLocation, SaveFeedLocation } from "../../contract.ts";
import type { IntelligenceCtx } from "../../ports.ts";
import { getIntelligenceSetup } from "../../verbs/get-intelligence-setup.ts";
import { removeFeedLocation } from "../../verbs/remove-feed-location.ts";
import { saveFeedLocation } from "../../verbs/save-feed-location.ts";

const tag = "Vulnerabilities";

const bound = ({ platform, caller }: RestRequest<unknown, unknown>): IntelligenceCtx =>
  bindIntelligence(platform, caller);

/** Folders and addresses that are looked at by themselves, for those who set up Consoles by program. */
export const feedLocationRoutes: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/feeds/locations",
    tag,
    summary: "Where advisories are fetched from by themselves, and what came of it; credentials are not told",
    query: z.object({}),
    answer: FeedLocationStatus,
    answers: "rows",
    async run(request) {
      const { locations } = await getIntelligenceSetup(bound(request));
      return { kind: "rows", rows: locations, total: locations.length };
    },
  }),
  restRoute({
    method: "put",
    path: "/feeds/locations",
    tag,
    summary: "Add a location, or change it; a credential or certificate that is not given stays, null takes it away",
    query: z.object({}),
    body: SaveFeedLocation,
    answers: "empty",
    async run(request) {
      await saveFeedLocation(bound(request), request.body);
      return { kind: "empty" };
    },
  }),
  restRoute({
    method: "delete",
    path: "/feeds/locations",
    tag,
    summary: "Stop looking at a location; what was imported from it stays",
    query: RemoveFeedLocation,
    answers: "empty",
    async run(request) {
      await removeFeedLocation(bound(request), request.query);
      return { kind: "empty" };
    },
  }),
];
