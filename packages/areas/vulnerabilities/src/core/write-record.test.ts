import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readRecord } from "./read-record.ts";
import { writeRecord } from "./write-record.ts";

const advisories = join(import.meta.dirname, "../../../../../../shared/data/advisories");

describe("writeRecord", () => {
  // A few hundred records of each kind of source: registries, distributions that name sources, and that name binaries.
  test
    .skipIf(!existsSync(advisories))
    .for(["npm", "Go", "Debian", "AlmaLinux", "Wolfi", "RubyGems", "Ubuntu", "Maven"])(
    "reading what was written of %s gives the same record",
    (name) => {
      const lines = gunzipSync(readFileSync(join(advisories, `${name}.osv.jsonl.gz`)))
        .toString("utf8")
        .split("\n");
      const step = Math.max(1, Math.floor(lines.length / 300));
      for (let at = 0; at < lines.length; at += step) {
        const line = lines[at] ?? "";
        const read = line === "" ? null : readRecord(JSON.parse(line), "x");
        if (read === null) continue;
        expect(readRecord(writeRecord(read), "x")).toEqual(read);
      }
    },
  );
});
