import { describe, expect, test } from "vitest";
import { defaultLimits } from "../limits.ts";
import { chooseLockfileReader } from "./choose-lockfile-reader.ts";
import { differences } from "./testing/differences.data.ts";
import { fileNameByFormat } from "./testing/formats.data.ts";
import { lockfileCases, packageKey } from "./testing/vectors.ts";

const cases = lockfileCases();

function readAs(path: string, bytes: Buffer): { found: string[]; isClean: boolean } {
  try {
    const result = chooseLockfileReader(path)?.read(bytes, path, defaultLimits);
    const packages = result?.content?.is === "packages" ? result.content.packages : [];
    return { found: packages.map((one) => packageKey(path, one)), isClean: result?.problem === undefined };
  } catch {
    return { found: [], isClean: false };
  }
}

describe("published lock files", () => {
  test("there are fixtures of every format", () => {
    const formats = new Set(cases.map(({ path }) => path));
    expect(formats).toEqual(new Set(Object.values(fileNameByFormat)));
    expect(cases.length).toBeGreaterThanOrEqual(300);
  });

  test.for(cases.map((one, index) => [`${one.id} (${index})`, one] as const))("%s", ([, one]) => {
    const { found, isClean } = readAs(one.path, one.bytes);
    const expected = one.expected ?? [];
    const { missed = [], added = [] } = differences[one.id] ?? {};
    expect(found.filter((key) => !expected.includes(key) && !added.includes(key))).toEqual([]);
    expect(expected.filter((key) => !found.includes(key) && !missed.includes(key))).toEqual([]);
    // What is damaged for others never looks clean here.
    if (one.expected === null) expect(isClean).toBe(false);
  });

  test("each difference is one: what it names as missed is not read, what it names as added is", () => {
    for (const [id, { missed = [], added = [] }] of Object.entries(differences)) {
      const one = cases.find((candidate) => candidate.id === id);
      const { found } = readAs(one?.path ?? "", one?.bytes ?? Buffer.alloc(0));
      expect(found).toEqual(expect.arrayContaining([...added]));
      expect(found.filter((key) => missed.includes(key))).toEqual([]);
    }
  });
});
