import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rampart as run } from "./testing/run-rampart.ts";

let folder: string;

const osRelease =
  'ID=debian\nVERSION_ID="11"\nVERSION_CODENAME=bullseye\nPRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\n';
const status = "Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.1.1w-0+deb11u1\n\n";
const advisory = {
  id: "DEBIAN-CVE-2024-5535",
  modified: "2026-01-05T10:00:00Z",
  upstream: ["CVE-2024-5535"],
  summary: "Reads past the end of a buffer.",
  database_specific: { severity: "CRITICAL" },
  affected: [
    {
      package: { ecosystem: "Debian:11", name: "openssl" },
      ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "1.1.1w-0+deb11u2" }] }],
    },
  ],
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rampart-cli-"));
  await mkdir(path.join(folder, "root/etc"), { recursive: true });
  await mkdir(path.join(folder, "root/var/lib/dpkg"), { recursive: true });
  await mkdir(path.join(folder, "odd/etc"), { recursive: true });
  await mkdir(path.join(folder, "intel"));
  await writeFile(path.join(folder, "root/etc/os-release"), osRelease);
  await writeFile(path.join(folder, "root/var/lib/dpkg/status"), status);
  await writeFile(path.join(folder, "odd/etc/os-release"), 'ID=templeos\nVERSION_ID="5"\n');
  await mkdir(path.join(folder, "ubuntu/etc"), { recursive: true });
  await mkdir(path.join(folder, "ubuntu/var/lib/dpkg"), { recursive: true });
  await writeFile(path.join(folder, "ubuntu/etc/os-release"), 'ID=ubuntu\nVERSION_ID="24.04"\n');
  await writeFile(path.join(folder, "ubuntu/var/lib/dpkg/status"), status);
  await writeFile(path.join(folder, "intel/Debian.osv.jsonl.gz"), gzipSync(`${JSON.stringify(advisory)}\n`));
  await writeFile(path.join(folder, "broken.tar"), "this is no archive");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rampart = (...args: readonly string[]) => run(args);

const root = () => ["--rootfs", path.join(folder, "root"), "--intel", path.join(folder, "intel")];

describe("rampart image scan", () => {
  test("lists findings with their fix and passes without a threshold", async () => {
    const { code, stdout } = await rampart("image", "scan", ...root());
    expect(stdout).toMatch(/CVE-2024-5535 +critical +openssl +1\.1\.1w-0\+deb11u1 +fixed in 1\.1\.1w-0\+deb11u2/);
    expect(stdout).toContain("Vulnerability threshold check results: PASS");
    expect(code).toBe(0);
  });

  test("ends with 1 when the threshold is passed", async () => {
    const { code, stdout } = await rampart("image", "scan", ...root(), "--fail-on", "high");
    expect([code, stdout]).toEqual([1, expect.stringContaining("check results: FAIL")]);
  });

  test("writes the JSON that importers of CI results read", async () => {
    const { code, stdout } = await rampart("images", "scan", ...root(), "--output", "json");
    const { results } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(results[0]).toMatchObject({
      distro: "Debian GNU/Linux 11 (bullseye)",
      vulnerabilityScanPassed: true,
      vulnerabilityDistribution: { critical: 1, high: 0, medium: 0, low: 0, total: 1 },
      vulnerabilities: [{ id: "CVE-2024-5535", severity: "critical", packageName: "openssl" }],
    });
  });

  test("an unknown distribution is a failed scan, never a pass", async () => {
    const { code, stdout } = await rampart("image", "scan", "--rootfs", path.join(folder, "odd"));
    expect([code, stdout]).toEqual([4, expect.stringContaining("Scan incomplete")]);
  });

  test("a distribution of which the advisories do not speak is a failed scan, never a pass", async () => {
    const intel = ["--intel", path.join(folder, "intel")];
    const { code, stdout } = await rampart("image", "scan", "--rootfs", path.join(folder, "ubuntu"), ...intel);
    expect([code, stdout]).toEqual([4, expect.stringMatching(/say nothing of Ubuntu:24\.04[^]*Scan incomplete/)]);
  });

  test("an archive that cannot be read is a failed scan", async () => {
    const { code, stderr } = await rampart("image", "scan", "--archive", path.join(folder, "broken.tar"));
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^rampart: \S/)]);
  });

  test.for([
    ["two things to scan", ["image", "scan", "busybox", "--rootfs", "/"]],
    ["nothing to scan", ["image", "scan"]],
    ["an unknown option", ["image", "scan", "--rootfs", "/", "--nonsense"]],
    ["an unknown command", ["image", "burn"]],
  ] as const)("%s is wrong usage, said in a sentence", async ([, args]) => {
    const { code, stderr } = await rampart(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/\S/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("a folder of advisories that is not there is wrong usage", async () => {
    const { code, stderr } = await rampart("image", "scan", ...root().slice(0, 2), "--intel", "/nonexistent");
    expect([code, stderr]).toEqual([2, expect.stringContaining("/nonexistent")]);
  });

  test("a Console that is away is told from everything else", async () => {
    const port = await closedPort();
    const { code, stderr } = await rampart(
      "image",
      "scan",
      ...root(),
      "--address",
      `http://127.0.0.1:${port}`,
      "--token",
      "x",
    );
    expect([code, stderr]).toEqual([3, expect.stringContaining("Console")]);
  });

  test("a Console needs to know who asks", async () => {
    const { code, stderr } = await rampart("image", "scan", ...root(), "--address", "http://127.0.0.1:1");
    expect([code, stderr]).toEqual([2, expect.stringContaining("RAMPART_TOKEN")]);
  });
});

test("rampart defender install shows what it would write and writes nothing", async () => {
  const pin = `sha256:${"a".repeat(64)}`;
  const asked = ["--gateway", "wss://console.example:8084", "--token", "t0ken", "--pin", pin, "--dry-run"];
  const { code, stdout } = await rampart("defender", "install", ...asked);
  expect(code).toBe(0);
  expect(stdout).toContain('RAMPART_ENROL_TOKEN="t0ken"');
  expect(stdout).toContain("ExecStart=/usr/local/lib/rampart-defender/node");
});

test("help names the exit codes", async () => {
  const { code, stdout } = await rampart("--help");
  expect([code, stdout]).toEqual([0, expect.stringContaining("1 the policy failed")]);
});

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === "object" ? address.port : 1));
    });
  });
}
