import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FoundPackage } from "../layers/layer-result.ts";
import { defaultLimits } from "../limits.ts";
import type { ReaderResult } from "../readers/reader.ts";
import { chooseLockfileReader } from "./choose-lockfile-reader.ts";
import { fileNameByFormat } from "./testing/formats.data.ts";
import { lockfileCases } from "./testing/vectors.ts";

const cases = lockfileCases();
const millisecondsMax = 2000;

type Mutation = Readonly<{
  pick: number;
  replaced: [number, number][];
  repeated: [number, number, number];
  keep: number;
}>;

/** Some bytes of the file replaced, a part of it repeated, and its end cut off. */
const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  pick: fc.nat(),
  replaced: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }),
  repeated: fc.tuple(fc.nat(), fc.nat(64), fc.nat(40)),
  keep: fc.double({ min: 0.2, max: 1, noNaN: true }),
});

function mutate(original: Buffer, { replaced, repeated: [at, length, times], keep }: Mutation) {
  const bytes = Buffer.from(original);
  for (const [position, value] of replaced) if (bytes.length > 0) bytes[position % bytes.length] = value;
  const start = bytes.length === 0 ? 0 : at % bytes.length;
  const part = bytes.subarray(start, start + length);
  const whole = Buffer.concat([
    bytes.subarray(0, start),
    ...Array.from({ length: times }, () => part),
    bytes.subarray(start),
  ]);
  return whole.subarray(0, Math.ceil(whole.length * keep));
}

describe("damaged lock files", () => {
  test.for([...new Set(Object.values(fileNameByFormat))])("%s: an error or valid packages, and soon", (path) => {
    const originals = cases.filter((one) => one.path === path).map(({ bytes }) => bytes);
    fc.assert(
      fc.property(anyMutation, (mutation) => {
        const bytes = mutate(originals[mutation.pick % originals.length] ?? Buffer.alloc(0), mutation);
        const start = performance.now();
        expectSound(() => chooseLockfileReader(path)?.read(bytes, path, defaultLimits));
        expect(performance.now() - start).toBeLessThan(millisecondsMax);
      }),
      { numRuns: 150 },
    );
  });
});

function expectSound(read: () => ReaderResult | undefined): void {
  const packages = packagesOrError(read);
  if (packages instanceof Error) return;
  for (const found of packages) expect(FoundPackage.safeParse(found).success).toBe(true);
}

function packagesOrError(read: () => ReaderResult | undefined): readonly FoundPackage[] | Error {
  try {
    const content = read()?.content;
    return content?.is === "packages" ? content.packages : [];
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return new Error("unreadable", { cause: error });
  }
}
