import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rampart } from "../testing/run-rampart.ts";
import { compareLines } from "./compare-lines.ts";
import { knownEcosystem } from "./known-ecosystem.ts";

/** Tables that the ecosystems themselves publish; they lie beside the checkout, not in it. */
const folder = new URL("../../../../../shared/data/vectors/versions/", import.meta.url);

function rowsOf(file: string): string[][] {
  const bytes = readFileSync(new URL(file, folder));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

/** Which answers an operator of a table allows. */
const allowed: Readonly<Record<string, string>> = {
  "<": "<",
  "<=": "<=",
  "=": "=",
  "==": "=",
  ">=": ">=",
  ">": ">",
  "!=": "<>",
  "not <": ">=",
  "not <=": ">",
  "not ==": "<>",
  "not >=": "<",
  "not >": "<=",
  "not !=": "=",
};
const turned: Readonly<Record<string, string>> = { "<": ">", "=": "=", ">": "<" };

async function* inPieces(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function answersTo(ecosystem: string, lines: readonly string[], pieceBytes = 65_536): Promise<string[]> {
  let written = "";
  await compareLines(inPieces(lines.join("\n"), pieceBytes), ecosystem, async (text) => void (written += text));
  return written.split("\n").slice(0, -1);
}

/** Rows about what is not ordered: a branch has no age, and build metadata never tells two versions apart. */
const unordered = /^(?:dev-foo\tnot ==\tdev-|1\.0\.0-BETA\+AA\t!=\t1\.0\.0-beta$)/;

describe.skipIf(!existsSync(folder))("agrees with the tables of the ecosystems, line by line and both ways", () => {
  test.for([
    ["Debian", "dpkg.t-version.tsv"],
    ["Debian", "dpkg.go-deb-version.tsv"],
    ["Red Hat", "rpm.rpmvercmp.tsv"],
    ["Red Hat", "rpm.go-rpm-version.tsv.gz"],
    ["Alpine", "apk.version-data.tsv"],
    ["npm", "npm.comparisons.tsv"],
    ["npm", "npm.equality.tsv"],
    ["PyPI", "pypi.order.tsv"],
    ["Maven", "maven.comparable.tsv"],
    ["RubyGems", "rubygems.version.tsv"],
    ["Go", "go.semver.tsv"],
    ["NuGet", "nuget.comparer.tsv"],
    ["Packagist", "packagist.comparator.tsv"],
  ] as const)("%s: %s", async ([ecosystem, file]) => {
    const rows = rowsOf(file).filter((row) => (row[1] ?? "") in allowed && !unordered.test(row.slice(0, 3).join("\t")));
    const forwards = await answersTo(
      ecosystem,
      rows.map(([left, , right]) => `${left}\t${right}`),
    );
    const backwards = await answersTo(
      ecosystem,
      rows.map(([left, , right]) => `${right}\t${left}`),
    );
    expect(forwards).toHaveLength(rows.length);
    const wrong = rows.filter(([, operator = ""], index) => {
      const answer = forwards[index] ?? "";
      return !(allowed[operator] ?? "").includes(answer) || turned[answer] !== backwards[index];
    });
    expect(wrong).toEqual([]);
  });

  test("Go: pseudo-versions come after what they are built on", async () => {
    const rows = rowsOf("go.pseudo.tsv").filter(
      ([, kind, base = ""]) => kind === "pseudo" && /^v\d+\.\d+\.\d+/.test(base),
    );
    const answers = await answersTo(
      "Go",
      rows.map(([pseudo, , base]) => `${pseudo}\t${base}`),
    );
    expect(new Set(answers)).toEqual(new Set(rows.length === 0 ? [] : [">"]));
  });
});

test("the answers do not depend on where the input is cut", async () => {
  const lines = ["1.0\t1.1", "2.0\t2.0\r", "ä\tö", "1:1\t2"];
  const whole = await answersTo("Debian", lines);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
      expect(await answersTo("Debian", lines, size)).toEqual(whole);
    }),
  );
});

test("a bad line ends it with its number, after the answers to those before it", async () => {
  let written = "";
  const bad = compareLines(inPieces("1\t2\n1\t2\t3\n1\t1\n", 4), "npm", async (text) => void (written += text));
  await expect(bad).rejects.toThrow(/^Line 2 is no pair of versions/);
  expect(written).toBe("<\n");
});

test("a line without an end is not gathered without an end", async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) yield Buffer.alloc(1_000, "a");
  }
  await expect(compareLines(endless(), "npm", async () => {})).rejects.toThrow("Line 1 is longer than");
});

test("reads on only when its answers have been taken", async () => {
  let taken = 0;
  let waiting = 0;
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let piece = 0; piece < 5; piece += 1) {
      expect(waiting).toBe(taken);
      yield Buffer.from("1\t2\n");
    }
  }
  await compareLines(pieces(), "npm", async () => {
    waiting += 1;
    await Promise.resolve();
    taken += 1;
  });
  expect(taken).toBe(5);
});

test.for([
  ["debian", "Debian"],
  ["deb", "Debian"],
  ["Debian:12", "Debian:12"],
  ["golang", "Go"],
  ["PYPI", "PyPI"],
])("%s is understood as %s", ([asked, known]) => expect(knownEcosystem(asked ?? "")).toBe(known));

test("an unknown ecosystem is refused with a list of the known ones", () => {
  expect(() => knownEcosystem("nonsense")).toThrow(/no ecosystem "nonsense".*Alpine.*PyPI/);
});

describe("rampart version compare", () => {
  test("answers each line in order", async () => {
    const { code, stdout } = await rampart(["version", "compare", "deb"], "1.0\t1.1\n1.0~rc1\t1.0\n1:0\t2\n1\t1\n");
    expect([code, stdout]).toEqual([0, "<\n<\n>\n=\n"]);
  });

  test("a bad line is wrong usage", async () => {
    const { code, stdout, stderr } = await rampart(["version", "compare", "npm"], "1\t2\nnonsense\n");
    expect([code, stdout, stderr]).toEqual([2, "<\n", expect.stringContaining("Line 2")]);
  });
});
