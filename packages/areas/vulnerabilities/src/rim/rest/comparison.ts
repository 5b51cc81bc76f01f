import { restRoute, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindVulnerabilities } from "../../bind.ts";
import { ComparisonStatus } from "../../contract.ts";
import { getComparison } from "../../verbs/get-comparison.ts";

/** How complete the comparison of a project with the advisories is, for programs that wait for it. */
export const comparisonRoute: RestRoute = restRoute({
  method: "get",
  path: "/stats/comparison",
  tag: "Vulnerabilities",
  summary: "Whether everything was compared with the newest advisories, and how far the comparison is",
  query: z.object({}),
  answer: ComparisonStatus,
  answers: "json",
  async run({ platform, scope, caller }) {
    return { kind: "json", value: await getComparison(bindVulnerabilities(platform, scope, caller)) };
  },
});
