import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Refusal } from "@rampart/kernel";
import { DefenderPolicy, decodeReport, type DefenderReport, type ImageFacts } from "@rampart/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { engineClient, type EngineClient } from "../host/engine/engine-client.ts";
import { openLog } from "../log.ts";
import { dutyBoard } from "./duty-board.ts";
import { reporter } from "./reporter.ts";
import { imageScanner, type Inspect } from "./scan-images.ts";
import { openScannedImages } from "./scanned-images.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "scan-"));
  await mkdir(path.join(folder, "work"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const id = (letter: string) => `sha256:${letter.repeat(64)}`;
const facts = (imageId: string): ImageFacts => ({
  id: imageId,
  repoTags: [],
  repoDigests: [],
  labels: {},
  sizeBytes: 1,
});

/** A scanner whose engine has every image but `gone`, and what it reported. */
async function scanner(inspect: Inspect, revision = "1") {
  const reported: string[] = [];
  const waiting: (() => void)[] = [];
  const spool = {
    async append({ type, body }: { type: DefenderReport["type"]; body: Uint8Array }) {
      const decoded = type === "image.unreadable" ? await decodeReport(body) : null;
      reported.push(
        decoded?.ok === true && decoded.frame.type === "image.unreadable"
          ? `unreadable ${decoded.frame.image.id}`
          : Buffer.from(body).toString(),
      );
      waiting.shift()?.();
      return reported.length;
    },
  };
  const client: EngineClient = {
    ...engineClient("/none"),
    findImage: async (imageId) => (imageId === id("0") ? null : facts(imageId)),
  };
  const images = imageScanner({
    folder,
    reporter: reporter(spool),
    scanned: await openScannedImages(path.join(folder, "scanned"), revision),
    inspect,
    policy: () => DefenderPolicy.parse({}),
    board: dutyBoard(),
    log: openLog("error", () => undefined),
    signal: new AbortController().signal,
  });
  const nextReport = () => new Promise<void>((resolve) => waiting.push(resolve));
  return { images, client, reported, nextReport };
}

const inspectWell: Inspect = async ({ file, report }) => {
  await writeFile(file, report.type === "image.inventory" ? report.image.id : "");
  return { type: "written", packages: 1, warnings: 0 };
};

describe("imageScanner", () => {
  test("scans images that containers use before all others, each once", async () => {
    const { images, client, reported, nextReport } = await scanner(inspectWell);
    images.want([id("a"), id("b")], "unused");
    images.want([id("c"), id("b"), id("c")], "in-use");
    const all = [nextReport(), nextReport(), nextReport()];
    images.use(client);
    await Promise.all(all);
    expect(reported).toEqual([id("c"), id("b"), id("a")]);
  });

  test.for([
    ["not again after a restart", "1", [id("b")]],
    ["again when the inspection has changed", "2", [id("a"), id("b")]],
  ] as const)("scans what was reported before %s", async ([, revision, expected]) => {
    await (await openScannedImages(path.join(folder, "scanned"), "1")).note(id("a"), Date.now());
    const { images, client, reported, nextReport } = await scanner(inspectWell, revision);
    const reports = expected.map(nextReport);
    images.want([id("a"), id("b")], "unused");
    images.use(client);
    await Promise.all(reports);
    expect(reported).toEqual(expected);
  });

  test("an image that cannot be read is reported as unreadable, and the next one is scanned", async () => {
    const inspect: Inspect = async (order) => {
      if (order.report.type === "image.inventory" && order.report.image.id === id("a")) {
        throw new Refusal("invalid", "inspection.image.malformed", "This is no image.");
      }
      return inspectWell(order);
    };
    const { images, client, reported, nextReport } = await scanner(inspect);
    images.want([id("a"), id("b")], "unused");
    const all = [nextReport(), nextReport()];
    images.use(client);
    await Promise.all(all);
    expect(reported).toEqual([`unreadable ${id("a")}`, id("b")]);
  });

  test("an image that is gone by the time of its turn is passed over", async () => {
    const { images, client, reported, nextReport } = await scanner(inspectWell);
    images.want([id("0"), id("a")], "unused");
    const one = nextReport();
    images.use(client);
    await one;
    expect(reported).toEqual([id("a")]);
  });
});
