import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BadEntry } from "./feed-entry.ts";
import { each, jsonPieces, type JsonPiece } from "./json-pieces.ts";

/** The text in chunks of the given sizes, so that cuts fall anywhere. */
async function* cut(text: string, sizes: readonly number[]): AsyncGenerator<string> {
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = Math.max(1, sizes[turn % Math.max(1, sizes.length)] ?? 7);
    yield text.slice(at, at + size);
    at += size;
  }
}

async function piecesOf(text: string, pattern: readonly string[], sizes: readonly number[] = [7]) {
  const pieces: JsonPiece[] = [];
  for await (const piece of jsonPieces(cut(text, sizes), pattern)) pieces.push(piece);
  return pieces;
}

describe("jsonPieces", () => {
  test("gives the parts and the simple values beside them, and passes over the rest", async () => {
    const text = JSON.stringify({ name: "x", skipped: [{ deep: ['\\"]'] }], packages: [{ a: 1 }, { a: 2 }], count: 2 });
    expect(await piecesOf(text, ["packages", each])).toEqual([
      { path: ["name"], value: "x" },
      { path: ["packages", "1"], value: { a: 1 } },
      { path: ["packages", "2"], value: { a: 2 } },
      { path: ["count"], value: 2 },
    ]);
  });

  test("gives the same values as JSON.parse, wherever the chunks end", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.jsonValue())),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }),
        async (whole, sizes) => {
          const text = JSON.stringify(whole, null, sizes.length);
          const pieces = await piecesOf(text, [each, each], sizes);
          const parsed: unknown = JSON.parse(text);
          const expected = Object.entries(parsed as typeof whole).flatMap(([key, inner]) =>
            Object.entries(inner).map(([name, value]) => ({ path: [key, name], value })),
          );
          expect(pieces).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("any damaged text is refused or read, never worse", async () => {
    const whole = JSON.stringify({ packages: [{ pkg: { name: 'a\\"b', secfixes: { "1-r0": ["CVE-1"] } } }], n: 1.5e3 });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.string({ maxLength: 3 }), fc.nat(3), async (at, extra, gone) => {
        const text = whole.slice(0, at) + extra + whole.slice(at + gone);
        try {
          await piecesOf(text, ["packages", each]);
        } catch (error) {
          expect(error).toBeInstanceOf(BadEntry);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.for([
    ["a text that ends early", '{"packages":[{"a":1},{"a"'],
    ["a text that goes on", '{"packages":[]} {}'],
    ["brackets without end", `{"packages":[${"[".repeat(300)}`],
    ["something else than an object", '"packages"'],
    ["nothing", ""],
  ] as const)("refuses %s", async ([, text]) => {
    await expect(piecesOf(text, ["packages", each])).rejects.toThrow(BadEntry);
  });
});
