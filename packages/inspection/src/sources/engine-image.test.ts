import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inspect } from "../inspect.ts";
import { buildDockerArchive, buildTar } from "../testing/archives.ts";
import { debian12, dpkgStatus } from "../testing/sample-files.ts";

let folder = "";
let engine: Server | null = null;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rampart-engine-"));
});
afterEach(async () => {
  engine?.close();
  await rm(folder, { recursive: true, force: true });
});

async function startEngine(answer: RequestListener): Promise<string> {
  const socketPath = join(folder, "engine.sock");
  engine = createServer(answer);
  await new Promise<void>((resolve) => engine?.listen(socketPath, resolve));
  return socketPath;
}

const archive = await buildDockerArchive({ layers: [await buildTar([debian12, dpkgStatus({ bash: "5.2" })])] });
const ask = (socketPath: string, image = "docker.io/library/shop:1") =>
  inspect({ source: { kind: "engine", socketPath, image } });

describe("an image of a container engine", () => {
  test("is read from the engine's export", async () => {
    const asked: (string | undefined)[] = [];
    const socketPath = await startEngine((request, response) => {
      asked.push(request.url);
      response.end(archive);
    });
    const { inventory } = await ask(socketPath);
    expect(inventory.packages.map(({ name }) => name)).toEqual(["bash"]);
    expect(asked).toEqual(["/images/docker.io/library/shop:1/get"]);
  });

  test("that the engine does not have is refused", async () => {
    const socketPath = await startEngine((_, response) => void response.writeHead(404).end("{}"));
    await expect(ask(socketPath)).rejects.toMatchObject({ name: "Refusal", kind: "not-found" });
  });

  test.for([
    [
      "answers with an error",
      (_: unknown, response: { writeHead(status: number): { end(): void } }) => response.writeHead(500).end(),
    ],
    [
      "breaks off in the middle",
      (_: unknown, response: { write(bytes: Buffer, then: () => void): void; destroy(): void }) =>
        response.write(archive.subarray(0, 2000), () => response.destroy()),
    ],
  ] as const)("from an engine that %s is an outage, to be tried again", async ([, answer]) => {
    const socketPath = await startEngine((request, response) => answer(request, response));
    await expect(ask(socketPath)).rejects.toMatchObject({ name: "Outage", system: "container engine" });
  });

  test("without an engine is an outage", async () => {
    await expect(ask(join(folder, "none.sock"))).rejects.toMatchObject({ name: "Outage" });
  });
});
