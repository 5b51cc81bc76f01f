import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { cvssBaseScore } from "./cvss.ts";

const table = new URL("../../../../../../shared/data/vectors/cvss/redhat-cvss.tsv.gz", import.meta.url);

test.skipIf(!existsSync(table))("every 2.0, 3.0 and 3.1 vector of Red Hat's table gets its base score", () => {
  const lines = gunzipSync(readFileSync(table)).toString("utf8").split("\n");
  const rows = lines.filter((line) => line !== "" && !line.startsWith("#") && !line.startsWith("CVSS:4.0"));
  const wrong = rows.filter((line) => {
    const [vector = "", base = ""] = line.split("\t");
    return cvssBaseScore(vector) !== Number(base);
  });
  expect(rows.length).toBeGreaterThan(3_000);
  expect(wrong).toEqual([]);
});

test("what is no vector has no score", () => {
  expect(["", "high", "CVSS:3.1/AV:N", "CVSS:3.1/AV:N/AV:N", "AV:N/AC:L"].map(cvssBaseScore)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});
