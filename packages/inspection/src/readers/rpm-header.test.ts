import { describe, expect, test } from "vitest";
import { readRpmHeader } from "./rpm-header.ts";

const types = { text: 6, texts: 8, number: 4 } as const;
type Value = string | readonly string[] | readonly number[];

/** A header as rpm's databases hold it: counts, an index of tags, then their values. */
function buildHeader(tags: Readonly<Record<number, Value>>): Buffer {
  const index: Buffer[] = [];
  const store: Buffer[] = [];
  let at = 0;
  for (const [tag, value] of Object.entries(tags)) {
    const bytes = encode(value);
    const entry = Buffer.alloc(16);
    entry.writeUInt32BE(Number(tag), 0);
    entry.writeUInt32BE(typeof value === "string" ? types.text : types.texts, 4);
    entry.writeUInt32BE(at, 8);
    entry.writeUInt32BE(typeof value === "string" ? 1 : value.length, 12);
    index.push(entry);
    store.push(bytes);
    at += bytes.length;
  }
  const counts = Buffer.alloc(8);
  counts.writeUInt32BE(index.length, 0);
  counts.writeUInt32BE(at, 4);
  return Buffer.concat([counts, ...index, ...store]);
}

function encode(value: Value): Buffer {
  const list = typeof value === "string" ? [value] : value;
  const parts = list.map((one) => {
    if (typeof one === "string") return Buffer.from(`${one}\0`);
    const number = Buffer.alloc(types.number);
    number.writeUInt32BE(one);
    return number;
  });
  return Buffer.concat(parts);
}

const node = { 1000: "nodejs", 1001: "16.20.2", 1002: "4.module_el8", 1044: "nodejs-16.20.2-4.module_el8.src.rpm" };

describe("readRpmHeader", () => {
  test("a package built for a module says its stream, because fixes of other streams are none of its own", () => {
    const read = readRpmHeader(buildHeader({ ...node, 5096: "nodejs:16:8090020231019152822:a75119d5" }));
    expect(read?.found).toMatchObject({ name: "nodejs", version: "16.20.2-4.module_el8", module: "nodejs:16" });
    expect(readRpmHeader(buildHeader(node))?.found).not.toHaveProperty("module");
  });

  test("owns the files that tell of packages, and none of the others", () => {
    const files = {
      1116: [0, 0, 1],
      1117: ["node", "node.1.gz", "package.json"],
      1118: ["/usr/bin/", "/usr/lib/node_modules/npm/"],
    };
    expect(readRpmHeader(buildHeader({ ...node, ...files }))?.owned).toEqual([
      "usr/bin/node",
      "usr/lib/node_modules/npm/package.json",
    ]);
  });
});
