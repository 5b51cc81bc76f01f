const letters = "dG9rZW5vZnRoZXNob3A9aXNub3R0aGlzb25l";
const keyBody = `${letters}${letters}\n${letters}\n`;
/** In two parts, so that no scanner takes this file for the leak. */
const keyMark = (word: string) => `-----${word} RSA PRIVATE ${"KEY"}-----`;

/** What somebody copied into an image without thinking, by path. */
export const leakyFiles: Readonly<Record<string, string>> = {
  "root/.ssh/id_rsa": `${keyMark("BEGIN")}\n${keyBody}${keyMark("END")}\n`,
  "app/.npmrc": `//registry.npmjs.org/:_auth${"Token"}=${letters}\n`,
  "app/node_modules/left-shop/package.json": JSON.stringify({ name: "left-shop", version: "1.2.0" }),
  "app/node_modules/right-shop/package.json": JSON.stringify({ name: "right-shop", version: "2.0.0" }),
  "app/node_modules/broken/package.json": '{"name": "broken", "version"',
  "var/lib/dpkg/status.d/linux-libc-dev":
    "Package: linux-libc-dev\nStatus: install ok installed\nSource: linux\nArchitecture: amd64\nVersion: 5.10.209-2\n",
};

type Affected = readonly [ecosystem: string, name: string, fixed: string];

function record(id: string, cve: string, [ecosystem, name, fixed]: Affected): string {
  return JSON.stringify({
    id,
    aliases: [cve],
    modified: "2026-10-02T00:00:00Z",
    summary: `A flaw in ${name}`,
    database_specific: { severity: "CRITICAL" },
    affected: [
      {
        package: { ecosystem, name },
        ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed }] }],
      },
    ],
  });
}

/** Advisories about what is in it, by the file that they are published in. */
export const ownFeeds: Readonly<Record<string, readonly string[]>> = {
  "npm.osv.jsonl": [record("GHSA-test-0001", "CVE-2031-0001", ["npm", "left-shop", "2.0.0"])],
  "Debian.osv.jsonl": [
    record("DEBIAN-CVE-2031-0002", "CVE-2031-0002", ["Debian:11", "glibc", "9.0-1"]),
    record("DEBIAN-CVE-2031-0003", "CVE-2031-0003", ["Debian:11", "linux", "9.0-1"]),
  ],
};
