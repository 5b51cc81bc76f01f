import { existsSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";

/** Published vectors lie beside the checkout. Without them the suites that read nothing else are left out, and it says so. */
const vectors = path.resolve(import.meta.dirname, "../shared/data/vectors");
const needVectors = [
  "purl",
  "readers/os-databases",
  "readers/rpm",
  "readers/rpm-sqlite",
  "lockfiles/vectors",
  "lockfiles/mutated",
  "readers/damaged-databases",
  "owners/rpm-owners",
].map((name) => `packages/inspection/src/${name}.test.ts`);
const withoutVectors = existsSync(vectors) ? [] : needVectors;
if (withoutVectors.length > 0)
  process.stderr.write(`No test vectors in ${vectors}: ${needVectors.length} suites are left out.\n`);

const outside = ["**/node_modules/**", "**/.next/**", "**/dist/**", ...withoutVectors];
const sources = ["packages/**", "apps/**", "workers/**", "deploy/onebox/src/**", "prisma/**"];

/**
 * Three kinds of test. `unit` lies beside the source; `servers` starts real programs; `journeys` and `faults` start a
 * whole Onebox, so they run one file at a time.
 */
export default defineConfig({
  test: {
    // The machine of CI has two cores, and every suite brings servers that want their share of them.
    maxWorkers: 2,
    globalSetup: ["test/servers/global-setup.ts"],
    projects: [
      {
        test: {
          name: "unit",
          include: sources.map((folder) => `${folder}/*.test.{ts,tsx}`),
          exclude: outside,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "servers",
          include: ["test/{servers,architecture,fleet}/**/*.test.ts"],
          exclude: outside,
          testTimeout: 60_000,
          hookTimeout: 180_000,
        },
      },
      {
        test: {
          name: "whole",
          include: ["test/{journeys,faults}/**/*.test.ts"],
          exclude: outside,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
