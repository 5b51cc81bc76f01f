import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { Refusal } from "@rampart/kernel";
import { describe, expect, test } from "vitest";
import { Inspection } from "../contract.ts";
import { buildDockerArchive, buildTar, inChunks, ociLayoutEntries } from "../testing/archives.ts";
import { damaged, damages } from "../testing/damage.ts";
import { debian12, dpkgStatus, nodeModule } from "../testing/sample-files.ts";
import { inspectImageArchive } from "./image-archive.ts";

const inspectionMsMax = 5_000;

const base = await buildTar([debian12, dpkgStatus({ bash: "5.2", curl: "7.88" })]);
const top = await buildTar([nodeModule("app", "lodash", "4.17.4"), { name: "etc/.wh.gone" }]);
const shop = { layers: [base, top], labels: { team: "shop" } };
const packagesOf = ({ inventory }: Inspection) => inventory.packages.map(({ name, version }) => `${name} ${version}`);
const expected = ["bash 5.2", "curl 7.88", "lodash 4.17.4"];

const saved = await buildDockerArchive(shop);
const layout = await buildTar(ociLayoutEntries(shop));

describe("a damaged image is refused, or says what it lost: it is never taken for a whole one", () => {
  test.for([
    ["as docker saves it", saved],
    ["as an OCI layout", layout],
    ["packed with gzip", gzipSync(saved)],
    ["packed with zstd", zstdCompressSync(saved)],
  ] as const)("%s", async ([, whole]) => {
    expect(packagesOf(await inspect(whole)).toSorted()).toEqual(expected);
    await fc.assert(
      fc.asyncProperty(damages, async (damage) => {
        const startedAt = performance.now();
        const inspection = await inspectOrRefuse(damaged(whole, damage));
        expect(performance.now() - startedAt).toBeLessThan(inspectionMsMax);
        if (inspection === null || inspection.inventory.warnings.length > 0) return;
        expect(packagesOf(inspection).toSorted()).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

async function inspect(bytes: Buffer): Promise<Inspection> {
  return Inspection.parse(await inspectImageArchive(inChunks(bytes, 5_000)));
}

async function inspectOrRefuse(bytes: Buffer): Promise<Inspection | null> {
  try {
    return await inspect(bytes);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
