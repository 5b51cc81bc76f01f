import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { buildConfig, buildTar, sha256 } from "../../testing/archives.ts";
import { debian12, dpkgStatus } from "../../testing/sample-files.ts";
import { inspectRegistryImage } from "./registry-image.ts";

const layer = await buildTar([debian12, dpkgStatus({ bash: "5.2" })]);
const packed = gzipSync(layer);
const config = buildConfig({ layers: [layer] });
const named = (bytes: Buffer) => ({ digest: `sha256:${sha256(bytes)}`, size: bytes.length });
const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, config: named(config), layers: [named(packed)] }));
const index = Buffer.from(
  JSON.stringify({
    manifests: [
      { ...named(manifest), platform: { os: "linux", architecture: process.arch === "x64" ? "amd64" : process.arch } },
      { digest: `sha256:${"0".repeat(64)}`, size: 1, platform: { os: "linux", architecture: "riscv64" } },
    ],
  }),
);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const send =
  (body: Buffer | string, status = 200, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

const sound: Readonly<Record<string, Answer>> = {
  "/v2/team/app/manifests/1": send(manifest),
  "/v2/team/app/manifests/many": send(index),
  [`/v2/team/app/manifests/${named(manifest).digest}`]: send(manifest),
  [`/v2/team/app/blobs/${named(config).digest}`]: send(config),
  [`/v2/team/app/blobs/${named(packed).digest}`]: send(packed),
};
const layerPath = `/v2/team/app/blobs/${named(packed).digest}`;

let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) server.close().closeAllConnections();
  servers = [];
});

/** A server that answers as a registry would, but for what the test replaces. Returns its host. */
async function serve(replaced: Readonly<Record<string, Answer>> = {}, seen: IncomingMessage[] = []): Promise<string> {
  const answers = { ...sound, ...replaced };
  const server = createServer((request, response) => {
    seen.push(request);
    const { pathname } = new URL(request.url ?? "/", "http://any");
    (answers[pathname] ?? send("nothing here", 404))(request, response);
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const plain = { plainHttp: true } as const;
const login = { username: "ann", password: "secret", ...plain };
const inspected = (host: string, version = ":1", access: typeof login | typeof plain = plain) =>
  inspectRegistryImage(`${host}/team/app${version}`, access);

describe("inspectRegistryImage", () => {
  test.for([":1", ":many", `@${named(manifest).digest}`])("reads the image %s layer by layer", async (version) => {
    const host = await serve();
    const { image, inventory } = await inspected(host, version);
    expect(image?.imageId).toBe(named(config).digest);
    expect(inventory.packages.map(({ name }) => name)).toEqual(["bash"]);
    expect(inventory.layers).toMatchObject([{ digest: named(packed).digest, diffId: `sha256:${sha256(layer)}` }]);
    expect(inventory.warnings).toEqual([]);
  });

  test("a layer that the cache knows is not asked for", async () => {
    const seen: IncomingMessage[] = [];
    const host = await serve({}, seen);
    const kept = new Map<string, object>();
    const cache = {
      get: async (diffId: string) => (kept.get(diffId) ?? null) as never,
      put: async (result: { diffId: string }) => void kept.set(result.diffId, result),
    };
    for (let round = 0; round < 2; round += 1) await inspectRegistryImage(`${host}/team/app:1`, plain, { cache });
    expect(seen.filter(({ url }) => url === layerPath)).toHaveLength(1);
  });

  test("logs in with a token where the registry asks for one, and shows the password to nobody else", async () => {
    const seen: IncomingMessage[] = [];
    const tokens = await serve({ "/token": send(JSON.stringify({ token: "abc" })) }, seen);
    const ask = `Bearer realm="http://${tokens}/token",service="reg",scope="repository:team/app:pull"`;
    const guarded: Answer = (request, response) =>
      request.headers.authorization === "Bearer abc"
        ? send(manifest)(request, response)
        : send("", 401, { "www-authenticate": ask })(request, response);
    const store = await serve({ "/blob": send(packed) }, seen);
    const moved = send("", 307, { location: `http://${store}/blob` });
    const host = await serve({ "/v2/team/app/manifests/1": guarded, [layerPath]: moved });
    expect((await inspected(host, ":1", login)).inventory.packages).toHaveLength(1);
    const asked = seen.find(({ url }) => url?.startsWith("/token"));
    expect(asked?.url).toBe("/token?service=reg&scope=repository%3Ateam%2Fapp%3Apull");
    expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from("ann:secret").toString("base64")}`);
    expect(seen.find(({ url }) => url === "/blob")?.headers.authorization).toBeUndefined();
  });

  test("a wrong password is told in a sentence", async () => {
    const refused = send("", 401, { "www-authenticate": 'Basic realm="registry"' });
    const host = await serve({ "/v2/team/app/manifests/1": refused });
    await expect(inspected(host, ":1", login)).rejects.toThrow(/does not let "ann" read this image/);
    await expect(inspected(host)).rejects.toThrow(/lets nobody read this image without a login/);
  });

  test("an image that is not there is told by name", async () => {
    await expect(inspected(await serve(), ":2")).rejects.toThrow(/has no image team\/app with "2"/);
  });

  test.for<[string, Record<string, Answer>, RegExp]>([
    [
      "other documents than were asked for",
      { [`/v2/team/app/blobs/${named(config).digest}`]: send("{}") },
      /sends a document that is not sha256:/,
    ],
    ["a manifest that is none", { "/v2/team/app/manifests/1": send("<html>") }, /not of a form that is known/],
    [
      "an endless manifest",
      { "/v2/team/app/manifests/1": (_, response) => endless(response) },
      /The manifest is too large/,
    ],
    ["an endless layer", { [layerPath]: (_, response) => endless(response) }, /longer than the \d+ bytes/],
    ["half a layer", { [layerPath]: send(packed.subarray(0, 40)) }, /ended after 40 of \d+ bytes/],
    ["an error", { [layerPath]: send("", 503) }, /status 503/],
    ["a ring of redirects", { [layerPath]: send("", 302, { location: layerPath }) }, /keeps sending elsewhere/],
    [
      "a redirect to what clouds tell their machines",
      { [layerPath]: send("", 302, { location: "http://169.254.169.254/latest/meta-data/" }) },
      /an address that is not allowed/,
    ],
    ["a login of no known kind", { [layerPath]: send("", 401, { "www-authenticate": "Negotiate" }) }, /not known/],
  ])("a registry that sends %s is refused with the reason", async ([, replaced, reason]) => {
    const failed = await inspected(await serve(replaced)).catch((error: unknown) => error);
    expect(String(failed instanceof Error ? `${failed.message} ${String(failed.cause)}` : failed)).toMatch(reason);
  });
});

function endless(response: ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
  };
  response.writeHead(200).on("drain", more);
  more();
}
