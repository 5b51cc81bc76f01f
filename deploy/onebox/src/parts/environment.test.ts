import { hostname } from "node:os";
import { expect, test } from "vitest";
import { readOneboxConfig } from "../config.ts";
import { addressesOf } from "./environment.ts";

const addresses = (env: Record<string, string>) => addressesOf(readOneboxConfig(env, "/srv"));

test("on loopback: plain HTTP for people, and TLS for the one Defender there can be", () => {
  expect(addresses({})).toEqual({
    consoleUrl: "http://127.0.0.1:8083",
    gatewayUrl: "https://localhost:8084",
    ownGatewayUrl: "https://localhost:8084",
    names: ["localhost", "127.0.0.1"],
  });
});

test("on every address: HTTPS under the machine's name, and a certificate for all its addresses", () => {
  const { consoleUrl, names } = addresses({ RAMPART_BIND: "0.0.0.0" });
  expect(consoleUrl).toBe(`https://${hostname()}:8083`);
  expect(names).toEqual(expect.arrayContaining([hostname(), "localhost", "127.0.0.1"]));
});

test("behind a proxy: people and other hosts are told its names, the Defender of this host goes straight", () => {
  const found = addresses({
    RAMPART_CONSOLE_URL: "https://rampart.example.org/",
    RAMPART_GATEWAY_URL: "https://gate.example.org:443",
  });
  expect(found).toMatchObject({
    consoleUrl: "https://rampart.example.org",
    gatewayUrl: "https://gate.example.org",
    ownGatewayUrl: "https://localhost:8084",
  });
  expect(found.names).toEqual(["localhost", "127.0.0.1", "rampart.example.org", "gate.example.org"]);
});
