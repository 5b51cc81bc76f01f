import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cvssBaseScore, cvssScores } from "./cvss.ts";

/** Tables of the specification's keepers; they lie beside the checkout, not in it. */
const folder = new URL("../../../../../../shared/data/vectors/cvss/", import.meta.url);

function rows(file: string): readonly (readonly string[])[] {
  const bytes = readFileSync(new URL(file, folder));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => line.split("\t"));
}

const agrees = (score: number | undefined, wanted = "") =>
  wanted === "" || wanted === "None" || score === Number(wanted);

describe.skipIf(!existsSync(folder))("CVSS", () => {
  test("every 2.0, 3.0, 3.1 and 4.0 vector of Red Hat's table gets exactly its scores", () => {
    const table = rows("redhat-cvss.tsv.gz");
    const wrong = table.filter(([vector = "", base, temporal, environmental]) => {
      const scores = cvssScores(vector);
      return !(
        agrees(scores?.base, base) &&
        agrees(scores?.temporal, temporal) &&
        agrees(scores?.environmental, environmental)
      );
    });
    expect(table.length).toBeGreaterThan(7_000);
    expect(wrong).toEqual([]);
  });

  test("the highest vector of each of the 270 MacroVectors gets the score that FIRST gives", () => {
    const table = rows("first-cvss4-macro.tsv");
    expect(table).toHaveLength(270);
    expect(table.filter(([vector = "", score]) => cvssBaseScore(vector) !== Number(score))).toEqual([]);
  });
});

test.for([
  "",
  "high",
  "CVSS:3.1/AV:N",
  "CVSS:3.1/AV:N/AV:N",
  "AV:N/AC:L",
  "CVSS:4.0/AV:N/AC:L",
  "CVSS:3.1/AV:constructor/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
  "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:toString",
])("what is no vector has no score: %s", (text) => {
  expect(cvssBaseScore(text)).toBeNull();
});

test("a score lies between 0 and 10 with one decimal, whatever the vector", () => {
  const metric = (name: string, values: string) =>
    fc.constantFrom(...values.split("")).map((value) => `${name}:${value}`);
  const parts = [
    "AV NALP",
    "AC LH",
    "AT NP",
    "PR NLH",
    "UI NPA",
    "VC HLN",
    "VI HLN",
    "VA HLN",
    "SC HLN",
    "SI HLN",
    "SA HLN",
  ];
  const more = ["E XAPU", "CR XHML", "IR XHML", "AR XHML", "MSI XSHLN", "MSA XSHLN", "MAV XNALP"];
  const all = [...parts, ...more].map((part) => metric(part.split(" ")[0] ?? "", part.split(" ")[1] ?? ""));
  fc.assert(
    fc.property(fc.tuple(...all), (metrics) => {
      const score = cvssBaseScore(`CVSS:4.0/${metrics.join("/")}`) ?? -1;
      return score >= 0 && score <= 10 && Math.round(score * 10) / 10 === score;
    }),
  );
});
