import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../limits.ts";
import type { ReaderResult } from "../reader.ts";
import { goMarker } from "./go-build-info.ts";
import { scanProgram } from "./scan-program.ts";

/** Programs that the tools of this repository bring along, where there are some for this machine. */
const modules = join(import.meta.dirname, "..", "..", "..", "..", "..", "node_modules");
const goProgram = ["@esbuild/linux-x64", "@esbuild/linux-arm64"]
  .map((name) => join(modules, name, "bin", "esbuild"))
  .find(existsSync);
const headOfNode = readFileSync(process.execPath).subarray(0, 1024 * 1024);

function scan(bytes: Buffer, path: string): ReaderResult {
  let result: ReaderResult = { content: null };
  const sink = scanProgram(path, bytes.length, defaultLimits, (given) => void (result = given));
  for (let at = 0; at < bytes.length; at = Math.max(at + 65_536, sink.skipTo?.() ?? 0))
    sink.write(bytes.subarray(at, at + 65_536));
  sink.end();
  return result;
}

const changes = (within: number) =>
  fc.array(fc.tuple(fc.nat(within), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 });

function changed(bytes: Buffer, from: number, places: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, value] of places) copy[from + at] = value;
  return copy;
}

describe("a real program with a few bytes changed", () => {
  test("of C++: its headers lead nowhere else", () => {
    fc.assert(
      fc.property(changes(1200), (places) => {
        expect(scan(changed(headOfNode, 0, places), "bin/other")).toMatchObject({ content: null });
      }),
      { numRuns: 60 },
    );
  });

  test.runIf(goProgram !== undefined)("of Go: what is read of it is packages or a problem", () => {
    const bytes = readFileSync(goProgram ?? "");
    const marker = bytes.indexOf(goMarker);
    expect(scan(bytes, "bin/esbuild").content).toMatchObject({
      packages: expect.arrayContaining([expect.objectContaining({ name: "stdlib" })]),
    });
    fc.assert(
      fc.property(fc.boolean(), changes(1200), (inHead, places) => {
        const { content } = scan(changed(bytes, inHead ? 0 : marker, places), "bin/esbuild");
        if (content !== null) expect(content.is).toBe("packages");
      }),
      { numRuns: 30 },
    );
  });
});
