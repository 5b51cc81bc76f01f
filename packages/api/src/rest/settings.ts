import { restRoute, type RestRoute } from "@rampart/rpc";
import { z } from "zod";

/** Rampart needs no licence; monitoring integrations read this date and warn when it comes near. */
const neverExpires = "2099-12-31T00:00:00.000Z";

/** Small answers that integrations ask for and that belong to no area. */
export const settingsRoutes: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/version",
    tag: "Health",
    summary: "Version of this Console",
    query: z.object({}),
    answer: z.string(),
    answers: "json",
    run: async ({ platform }) => ({ kind: "json", value: platform.version }),
  }),
  restRoute({
    method: "get",
    path: "/settings/license",
    tag: "Health",
    summary: "Licence, always valid",
    query: z.object({}),
    answers: "json",
    run: async () => ({
      kind: "json",
      value: {
        type: "enterprise",
        contract_type: "",
        expiration_date: neverExpires,
        issue_date: "2026-01-01T00:00:00.000Z",
        defenders: 0,
        workloads: 0,
        credits: 0,
        defender_details: [],
      },
    }),
  }),
];
