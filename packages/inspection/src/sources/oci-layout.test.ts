import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { layerResultRevision } from "../layers/layer-result.ts";
import { buildTar, ociLayoutEntries, sha256 } from "../testing/archives.ts";
import { debian12, dpkgStatus } from "../testing/sample-files.ts";
import { inspectOciLayout } from "./oci-layout.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rampart-oci-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const layer = await buildTar([debian12, dpkgStatus({ bash: "5.2" })]);

async function write(files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [path, body] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), body);
  }
}

async function writeLayout(): Promise<void> {
  for (const { name, body = "" } of ociLayoutEntries({ layers: [layer] })) await write({ [name]: body });
}

describe("inspectOciLayout", () => {
  test("reads the image of a layout", async () => {
    await writeLayout();
    const { image, inventory } = await inspectOciLayout(folder, { reference: "shop:1" });
    expect(image?.repoTags).toEqual(["shop:1"]);
    expect(inventory.packages.map(({ name }) => name)).toEqual(["bash"]);
    expect(inventory.warnings).toEqual([]);
  });

  test("a layer that is known is not opened", async () => {
    await writeLayout();
    const known = { records: [], whiteouts: [], opaqueFolders: [], silentFiles: [], links: [], warnings: [] };
    const diffId = `sha256:${sha256(layer)}`;
    const cache = {
      get: async (asked: string) =>
        ({ revision: layerResultRevision, diffId: asked, sizeBytes: 1, content: known }) as const,
      put: async () => {},
    };
    const { inventory } = await inspectOciLayout(folder, { cache });
    expect(inventory).toMatchObject({ packages: [], layers: [{ diffId, sizeBytes: 1 }], warnings: [] });
  });

  test("chooses the platform of this machine from an index of several", async () => {
    const [packed, config, manifest] = ociLayoutEntries({ layers: [layer] });
    const own = {
      digest: digestOf(manifest?.name),
      platform: { os: "linux", architecture: process.arch === "x64" ? "amd64" : process.arch },
    };
    const other = { digest: `sha256:${"0".repeat(64)}`, platform: { os: "linux", architecture: "riscv64" } };
    const statement = { digest: `sha256:${"1".repeat(64)}`, platform: { os: "unknown", architecture: "unknown" } };
    const inner = Buffer.from(JSON.stringify({ manifests: [other, statement, own] }));
    await write({
      ...Object.fromEntries([packed, config, manifest].map((part) => [part?.name ?? "", part?.body ?? ""])),
      [`blobs/sha256/${sha256(inner)}`]: inner,
      "index.json": JSON.stringify({ manifests: [{ digest: `sha256:${sha256(inner)}` }] }),
    });
    expect((await inspectOciLayout(folder)).inventory.packages).toHaveLength(1);
  });

  test("a digest that is a path is refused, not opened", async () => {
    await write({ "index.json": JSON.stringify({ manifests: [{ digest: "sha256:../../../../etc/passwd" }] }) });
    await expect(inspectOciLayout(folder)).rejects.toMatchObject({ reason: "inspection.image.malformed" });
  });

  test("an index that names itself is refused", async () => {
    const hex = "a".repeat(64);
    const loop = JSON.stringify({ manifests: [{ digest: `sha256:${hex}` }] });
    await write({ "index.json": loop, [`blobs/sha256/${hex}`]: loop });
    await expect(inspectOciLayout(folder)).rejects.toThrow("deep");
  });

  test("a folder that is no layout is refused", async () => {
    await expect(inspectOciLayout(folder)).rejects.toMatchObject({ reason: "inspection.image.malformed" });
  });
});

function digestOf(name = ""): string {
  return `sha256:${name.slice("blobs/sha256/".length)}`;
}
