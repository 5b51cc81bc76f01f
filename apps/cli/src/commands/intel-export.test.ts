import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile, stat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rampart } from "../testing/run-rampart.ts";

let folder: string;
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rampart-intel-"));
  await mkdir(at("feeds"));
  const record = {
    id: "GHSA-1",
    modified: "2026-01-05T10:00:00Z",
    affected: [
      {
        package: { ecosystem: "npm", name: "left" },
        ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "2.0.0" }] }],
      },
    ],
  };
  await writeFile(at("feeds/npm.osv.jsonl.gz"), gzipSync(`${JSON.stringify(record)}\n`));
  const { privateKey } = generateKeyPairSync("ed25519");
  await writeFile(at("key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const exportFeeds = (...more: readonly string[]) =>
  rampart(["intel", "export", "--from", at("feeds"), "--key-file", at("key.pem"), ...more]);

describe("rampart intel export", () => {
  test("signs a folder into one file, and next time only what changed", async () => {
    const whole = await exportFeeds("--out", at("1.rampart"), "--public-key", at("public.pem"));
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringMatching(/npm\.osv\.jsonl\.gz +whole +1 /)]);
    expect((await stat(at("public.pem"))).size).toBeGreaterThan(0);
    const delta = await exportFeeds("--out", at("2.rampart"), "--base", at("1.rampart.index"));
    expect([delta.code, delta.stdout]).toEqual([0, expect.stringMatching(/npm\.osv\.jsonl\.gz +unchanged +1 +0/)]);
  });

  test.for([
    ["no key", ["--from", "x"], /--key-file/],
    ["a base without a folder", ["--base", "x", "--address", "http://127.0.0.1:9"], /--from/],
  ] as const)("ends with 2 when there is %s", async ([, options, sentence]) => {
    const { code, stderr } = await rampart(["intel", "export", "--out", at("x.rampart"), ...options]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(sentence)]);
  });
});
