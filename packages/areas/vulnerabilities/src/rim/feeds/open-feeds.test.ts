import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BadFeed } from "../../core/bad-feed.ts";
import type { FeedFile } from "../../ports.ts";
import { writeZip } from "../bundle/write-zip.ts";
import { openFeeds } from "./open-feeds.ts";
import { safeRequest } from "./safe-request.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "rampart-open-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const record = (id: string) =>
  JSON.stringify(
    {
      id,
      modified: "2026-01-05T10:00:00Z",
      affected: [{ package: { ecosystem: "npm", name: id }, versions: ["1.0.0"] }],
    },
    null,
    2,
  );

async function placesOf(feed: FeedFile | undefined): Promise<readonly string[]> {
  const places: string[] = [];
  for await (const { place } of feed?.entries() ?? []) places.push(place);
  return places;
}

async function* bytes(...parts: readonly string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

/** Twenty records, packed by `xz`, and packed by `xz --lzma2=preset=0,dict=1GiB`. */
const packedByXz = Buffer.from(
  "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AowALBdAD2IiSaBk1OFiNS3lgBF5rHQz6lhnt4Ql2Nsc/D7+UNfPClb+7cm+HPt" +
    "TWgswUsqb0ac5+qG6AJg3JTwnDNk1AIgNMeeZFYY4Swn2LATuTZQr2nveZ/Cc4msd4A/4x4XHhqwhgA+5JHlKHYFla/iWW3Z" +
    "8h/2g8gcaXqi/T8GRzZ1403EK4mlVmBZ8C9Da0vsYH/DzgwvP4PNdkZCNxLMn8FxGNCY5meWUGx2r+SrtWgIAI4XjZ9I0xYh" +
    "AAHMAbEUAADxAf4mscRn+wIAAAAABFla",
  "base64",
);
const wantsOneGibibyte = Buffer.from(
  "/Td6WFoAAATm1rRGAgAhASQAAABeH8f54AowALJdAD2IiSaBk1OFiNS3lgBF5rHQz6lhnt4Ql2Nsc/D7+UNfPClb9HaZcYhi" +
    "O+aamRiuELDGherCXMwRgpPqiHlf5ajrrqtaHV3vhge4fx7kjRzlqk/L1OJFrB3yA4OoGljqRTVmeug+BuYCTr8vUQiKZnlY" +
    "JEm59tjD7xUU6BQmH+sh0ELG1JLaq8uA63/S8wWgmqn3yRvK0cVb9VP14jx32z6H0fof4mTGUegzskWReMsnyocAAACOF42f" +
    "SNMWIQABzgGxFAAA+qA2a7HEZ/sCAAAAAARZWg==",
  "base64",
);

async function tarOf(documents: Readonly<Record<string, string>>): Promise<Buffer> {
  const tar = pack();
  for (const [name, text] of Object.entries(documents)) tar.entry({ name }, text);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar as AsyncIterable<Buffer>) chunks.push(chunk); // without an encoding a stream gives bytes
  return Buffer.concat(chunks);
}

describe("openFeeds", () => {
  test("takes the documents of a folder as one feed, and every other file as one of its own", async () => {
    put("github/2026/01/GHSA-1.json", record("GHSA-1"));
    put("github/2026/02/GHSA-2.json", JSON.stringify(JSON.parse(record("GHSA-2"))));
    put("npm.osv.jsonl.gz", gzipSync(JSON.stringify(JSON.parse(record("GHSA-3")))));
    put("Go.osv.jsonl.zst", zstdCompressSync(JSON.stringify(JSON.parse(record("GO-1")))));
    put("README.md", "about");
    put("package.json", '{"name":"x"}');
    const { files } = await openFeeds(folder);
    expect(files.map(({ file, format }) => [file, format])).toEqual([
      ["github/osv-document", "osv-document"],
      ["Go.osv.jsonl.zst", "osv-lines"],
      ["npm.osv.jsonl.gz", "osv-lines"],
    ]);
    expect(await placesOf(files[0])).toEqual([
      "github/2026/01/GHSA-1.json, document",
      "github/2026/02/GHSA-2.json, document",
    ]);
  });

  test("the hash of a feed changes with any of its documents, and with nothing else", async () => {
    put("a/GHSA-1.json", record("GHSA-1"));
    put("a/GHSA-2.json", record("GHSA-2"));
    const hash = async () => (await openFeeds(folder)).files[0]?.sha256;
    const before = await hash();
    expect(await hash()).toBe(before);
    put("a/GHSA-2.json", record("GHSA-9"));
    expect(await hash()).not.toBe(before);
  });

  test("reads zip and tar archives of documents", async () => {
    const zip = await writeZip(join(folder, "all.zip"));
    await zip.add("GHSA-1.json", bytes(record("GHSA-1")));
    await zip.add("LICENSE", bytes("text"));
    await zip.add("GHSA-2.json", bytes(record("GHSA-2")));
    await zip.close();
    const tar = await tarOf({ "vex/1.json": record("GHSA-3"), "vex/2.json": record("GHSA-4") });
    put("vex.tar.zst", zstdCompressSync(tar));
    const { files } = await openFeeds(folder);
    expect(files.map(({ file }) => file)).toEqual(["all.zip", "vex.tar.zst"]);
    expect(await placesOf(files[0])).toEqual(["GHSA-1.json, document", "GHSA-2.json, document"]);
    expect(await placesOf(files[1])).toEqual(["vex/1.json, document", "vex/2.json, document"]);
  });

  test.for([
    ["a zip archive that is cut short", "all.zip", Buffer.from("PK\u0003\u0004 and then nothing")],
    ["a file packed with bzip2", "oval.osv.jsonl.gz", Buffer.from("BZh91AY&SY and so on")],
    ["text that is not UTF-8", "npm.osv.jsonl.gz", gzipSync(Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]))],
  ] as const)("refuses %s by name", async ([, name, content]) => {
    put(name, content);
    const { files } = await openFeeds(folder);
    await expect(placesOf(files[0])).rejects.toThrow(BadFeed);
    await expect(placesOf(files[0])).rejects.toThrow(name);
  });

  test.for(["all.zip", "all.tar", "all.tar.gz", "all.jsonl.xz"] as const)(
    "a damaged %s is refused or read, and never worse",
    async (name) => {
      const whole = await archiveOf(name, { "GHSA-1.json": record("GHSA-1"), "GHSA-2.json": record("GHSA-2") });
      const places = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
      await fc.assert(
        fc.asyncProperty(places, fc.nat(whole.length), async (changes, cut) => {
          const damaged = Buffer.from(whole);
          for (const [at, value] of changes) damaged[at] = value;
          put(name, cut % 3 === 0 ? damaged.subarray(0, cut) : damaged);
          try {
            const { files } = await openFeeds(folder);
            await placesOf(files[0]);
          } catch (error) {
            expect(String(error)).toMatch(/^(BadFeed|Refusal)/);
          }
        }),
        { numRuns: 80 },
      );
    },
  );

  async function archiveOf(name: string, documents: Readonly<Record<string, string>>): Promise<Buffer> {
    if (name.endsWith(".xz")) return packedByXz;
    if (name.endsWith(".tar")) return tarOf(documents);
    if (name.endsWith(".gz")) return gzipSync(await tarOf(documents));
    const zip = await writeZip(join(folder, "whole.zip"));
    for (const [document, text] of Object.entries(documents)) await zip.add(document, bytes(text));
    await zip.close();
    const whole = readFileSync(join(folder, "whole.zip"));
    rmSync(join(folder, "whole.zip"));
    return whole;
  }

  test("reads what is packed with xz, and refuses it cut short, damaged or made to fill the memory", async () => {
    put("npm.osv.jsonl.xz", packedByXz);
    const { files } = await openFeeds(folder);
    expect(await placesOf(files[0])).toHaveLength(20);
    const harmed = Buffer.from(packedByXz);
    harmed.fill(0xff, 40, 60);
    for (const bad of [packedByXz.subarray(0, 100), harmed, wantsOneGibibyte]) {
      put("npm.osv.jsonl.xz", bad);
      const reading = openFeeds(folder).then((opened) => placesOf(opened.files[0]));
      await expect(reading).rejects.toThrow(/npm\.osv\.jsonl\.xz.*cannot be unpacked/);
    }
  });

  test("a document that is broken is named", async () => {
    put("a/GHSA-1.json", record("GHSA-1"));
    put("a/GHSA-2.json", `${record("GHSA-2").slice(0, -20)}\u0000`);
    const nvd = { format: "NVD_CVE", vulnerabilities: [{ cve: { id: "no CVE" } }] };
    put("nvd/2026.json", JSON.stringify(nvd));
    const { files } = await openFeeds(folder);
    await expect(placesOf(files.find(({ kind }) => kind === "nvd"))).rejects.toThrow(
      /nvd\/2026\.json, entry vulnerabilities \/ 1: .*CVE id/,
    );
  });

  test("does not follow links out of the folder", async () => {
    const outside = mkdtempSync(join(tmpdir(), "rampart-outside-"));
    writeFileSync(join(outside, "npm.osv.jsonl.gz"), gzipSync("{}"));
    symlinkSync(outside, join(folder, "linked"));
    symlinkSync(join(outside, "npm.osv.jsonl.gz"), join(folder, "npm.osv.jsonl.gz"));
    put("Go.osv.jsonl.gz", gzipSync(JSON.stringify(JSON.parse(record("GO-1")))));
    expect((await openFeeds(folder)).files.map(({ file }) => file)).toEqual(["Go.osv.jsonl.gz"]);
    rmSync(outside, { recursive: true });
  });
});

describe("an address", () => {
  let server: Server;
  let base: string;
  let asked: string[];
  const content = gzipSync(JSON.stringify(JSON.parse(record("GHSA-1"))));
  const etag = `"${createHash("sha256").update(content).digest("hex").slice(0, 8)}"`;
  beforeEach(async () => {
    asked = [];
    server = createServer((request, answer) => {
      asked.push(`${request.url} ${request.headers["if-none-match"] ?? ""}`.trim());
      if (request.headers["if-none-match"] === etag) answer.writeHead(304).end();
      else if (request.url === "/away.jsonl") answer.writeHead(302, { location: "http://127.0.0.1/x" }).end();
      else answer.writeHead(200, { etag }).end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a listening TCP server has one
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("is asked whether its file has changed, and its file is not fetched again when not", async () => {
    const location = `${base}/v3.20/main.json.gz`;
    const first = await openFeeds(location);
    expect(first.files.map(({ file }) => file)).toEqual(["v3.20/main.json.gz"]);
    await first.close();
    const again = await openFeeds(location, {
      known: first.validators,
      access: { credential: null, caCertificate: null },
      publicKeys: [],
    });
    expect([again.files, again.unchanged, again.validators]).toEqual([[], ["v3.20/main.json.gz"], first.validators]);
    await again.close();
    expect(asked).toEqual(["/v3.20/main.json.gz", `/v3.20/main.json.gz ${etag}`]);
  });

  test("that leads elsewhere is followed nowhere", async () => {
    await expect(openFeeds(`${base}/away.jsonl`)).rejects.toThrow(/status 302/);
  });

  test.for([
    "http://169.254.169.254/latest",
    "http://[fe80::1]/x",
    "http://0.0.0.0/x",
    "http://[::ffff:169.254.169.254]/x",
  ])("%s is not asked: machines keep secrets there", async (address) => {
    await expect(
      safeRequest(new URL(address), { headers: {}, access: { credential: null, caCertificate: null } }),
    ).rejects.toThrow(/not allowed/);
  });
});
