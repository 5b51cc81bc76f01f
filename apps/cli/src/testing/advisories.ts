import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

type Said = Readonly<{ id: string; cve: string; ecosystem: string; name: string; fixed: string }>;

const said: readonly Said[] = [
  { id: "DSA-1", cve: "CVE-2024-5535", ecosystem: "Debian:12", name: "openssl", fixed: "3.0.14-1~deb12u1" },
  { id: "GHSA-aaaa-bbbb-cccc", cve: "CVE-2019-10744", ecosystem: "npm", name: "lodash", fixed: "4.17.12" },
];

/** A folder of advisories about openssl of Debian 12 and lodash. */
export async function writeAdvisories(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = said.map(({ id, cve, ecosystem, name, fixed }) =>
    JSON.stringify({
      id,
      modified: "2026-01-05T10:00:00Z",
      upstream: [cve],
      summary: "A flaw.",
      database_specific: { severity: "HIGH" },
      affected: [
        { package: { ecosystem, name }, ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed }] }] },
      ],
    }),
  );
  await writeFile(path.join(folder, "all.osv.jsonl.gz"), gzipSync(`${lines.join("\n")}\n`));
}
