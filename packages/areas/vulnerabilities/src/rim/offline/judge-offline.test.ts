import { afterAll, beforeAll, expect, test } from "vitest";
import { JudgeInventory } from "../../contract.ts";
import { defaultRule } from "../../core/order-rules.ts";
import { debian, feedFolder, npm, osvLine } from "../../fixture/vulnerability-fixture.ts";
import { judgeOffline } from "./judge-offline.ts";

let feeds: ReturnType<typeof feedFolder>;
beforeAll(() => {
  feeds = feedFolder({
    "npm.osv.jsonl.gz": [
      osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] }),
      osvLine("GHSA-2", ["npm", "right", "3.0.0"]),
    ],
    "debian.osv.jsonl.gz": [osvLine("DSA-1", ["Debian:12", "openssl", "3.0.9-1"], { upstream: ["CVE-2025-0002"] })],
    "kev.jsonl.gz": [JSON.stringify({ cve: "CVE-2025-0001" }), JSON.stringify({ cve: "CVE-1999-0001" })],
  });
});
afterAll(() => feeds.remove());

const now = new Date("2026-01-05T00:00:00Z");
const asked = JudgeInventory.parse({
  name: "shop/web",
  packages: [npm("left", "1.0.0"), debian("libssl3", "3.0.8-1", { sourceName: "openssl" })],
});
const blocking = {
  ...defaultRule,
  riskFactorEffects: [{ factor: "Exploit exists - in the wild" as const, effect: "block" as const }],
};

test("finds in a folder what an import of the folder would find, and decides by the same rules", async () => {
  const judged = await judgeOffline({ asked, folder: feeds.path, rules: [blocking], now });
  expect(
    judged.findings.map(({ cve, packageName, knownExploited, effect }) => [cve, packageName, knownExploited, effect]),
  ).toEqual([
    ["CVE-2025-0001", "left", true, "block"],
    ["CVE-2025-0002", "openssl", false, "alert"],
  ]);
  expect(judged).toMatchObject({ passed: false, isStarter: false, uncovered: null, ruleName: defaultRule.name });
});

test("without a folder the built-in set answers, and says so", async () => {
  const judged = await judgeOffline({
    asked: JudgeInventory.parse({ name: "x", packages: [npm("lodash", "4.17.11")] }),
    folder: null,
    rules: [],
    now,
  });
  expect(judged).toMatchObject({
    isStarter: true,
    passed: true,
    ruleName: null,
    findings: [{ cve: "CVE-2019-10744", fixVersion: "4.17.12" }],
  });
});

test("a damaged feed is refused by name and line instead of looking clean", async () => {
  feeds.write("npm.osv.jsonl.gz", [
    osvLine("GHSA-1", ["npm", "left", "2.0.0"]),
    '{"affected":[{"package":{"ecosystem":"npm","name":"left"}}]}',
  ]);
  await expect(judgeOffline({ asked, folder: feeds.path, rules: [], now })).rejects.toThrow(
    /npm\.osv\.jsonl\.gz, line 2/,
  );
});
