import { readFileSync, rmSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Refusal } from "@rampart/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BadFeed } from "../../core/bad-feed.ts";
import { feedFolder, osvLine } from "../../fixture/vulnerability-fixture.ts";
import { openFeeds } from "../feeds/open-feeds.ts";
import { readIndex } from "./bundle-index.ts";
import { signingKeyFromPem, signingKeyFromSeed, trustedKeyFromPem } from "./keys.ts";
import { isBundle, openBundle } from "./open-bundle.ts";
import { writeBundle } from "./write-bundle.ts";

let folder: string;
let whole: Buffer;
let index: Buffer;
const key = signingKeyFromSeed(new Uint8Array(32).fill(3));
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rampart-damaged-bundle-"));
  const feeds = feedFolder({ "npm.osv.jsonl.gz": [osvLine("GHSA-1", ["npm", "left", "2.0.0"])] });
  const { files } = await openFeeds(feeds.path);
  const out = at("whole.rampart");
  const createdAt = new Date("2026-01-01T00:00:00Z");
  await writeBundle({ feeds: files, out, key, origin: "test", sequence: 1, createdAt, base: null });
  feeds.remove();
  whole = readFileSync(out);
  index = readFileSync(`${out}.index`);
});
afterAll(() => rmSync(folder, { recursive: true }));

const damage = fc.record({
  changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
  keptShare: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
});

function harm(bytes: Buffer, { changes, keptShare }: { changes: [number, number][]; keptShare: number }): Buffer {
  const harmed = Buffer.from(bytes.subarray(0, Math.floor(bytes.length * keptShare)));
  if (harmed.length === 0) return harmed;
  for (const [place, change] of changes) {
    const spot = place % harmed.length;
    harmed.fill((harmed[spot] ?? 0) ^ change, spot, spot + 1);
  }
  return harmed;
}

/** What a bundle says, entry by entry; null when it is refused. */
async function contentOf(path: string): Promise<string | null> {
  try {
    if (!(await isBundle(path))) return null;
    const { files } = await openBundle(path, [{ ...trustedKeyFromPem(key.publicKey) }]);
    const said: unknown[] = [];
    for (const feed of files) for await (const entry of feed.entries()) said.push(entry);
    return JSON.stringify(said);
  } catch (error) {
    if (error instanceof Refusal || error instanceof BadFeed) return null;
    throw error;
  }
}

test("a bundle that was damaged anywhere is refused, or says exactly what was signed", async () => {
  const said = await contentOf(at("whole.rampart"));
  expect(said).toContain("GHSA-1");
  await fc.assert(
    fc.asyncProperty(damage, async (given) => {
      writeFileSync(at("harmed.rampart"), harm(whole, given));
      expect([null, said]).toContain(await contentOf(at("harmed.rampart")));
    }),
    { numRuns: 300 },
  );
});

test("a damaged index is refused or read, and never worse", async () => {
  await fc.assert(
    fc.asyncProperty(damage, async (given) => {
      writeFileSync(at("harmed.index"), harm(index, given));
      await readIndex(at("harmed.index")).catch((error: unknown) => expect(error).toBeInstanceOf(Refusal));
    }),
    { numRuns: 100 },
  );
});

test("what is no key is refused as one, whatever it is", () => {
  const pem = fc.tuple(fc.constantFrom("PUBLIC KEY", "PRIVATE KEY", "CERTIFICATE", "X"), fc.base64String());
  const text = fc.oneof(
    fc.string(),
    pem.map(([kind, body]) => `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`),
  );
  fc.assert(
    fc.property(text, (given) => {
      for (const read of [trustedKeyFromPem, signingKeyFromPem]) expect(() => read(given)).toThrow(Refusal);
    }),
  );
});
