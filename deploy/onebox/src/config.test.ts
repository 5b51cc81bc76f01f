import { describe, expect, test } from "vitest";
import { readOneboxConfig } from "./config.ts";

const read = (env: Record<string, string>) => readOneboxConfig(env, "/srv/rampart");

describe("readOneboxConfig", () => {
  test("needs no variable at all", () => {
    expect(read({})).toMatchObject({
      dataDir: "/srv/rampart/.rampart",
      bind: "127.0.0.1",
      console: { port: 8083, tls: { kind: "none" } },
      gateway: { port: 8084 },
      firstAdmin: null,
    });
  });

  test("names every wrong variable at once, with what to write instead", () => {
    const env = {
      RAMPART_BIND: "everywhere",
      RAMPART_CONSOLE_PORT: "0",
      REDIS_URL: "http://h",
      RAMPART_ADMIN_USERNAME: "ada",
    };
    expect(() => read(env)).toThrow(
      /RAMPART_BIND: must be an IP address[\s\S]*RAMPART_CONSOLE_PORT[\s\S]*REDIS_URL: must be a URL such as redis/,
    );
  });

  test.for([
    ["a name without a password", { RAMPART_ADMIN_USERNAME: "ada" }, /RAMPART_ADMIN_PASSWORD: is needed/],
    ["a key without a certificate", { RAMPART_TLS_KEY: "k.pem" }, /RAMPART_TLS_CERT: is needed/],
    ["one port for two servers", { RAMPART_CONSOLE_PORT: "8084" }, /RAMPART_GATEWAY_PORT: is 8084, the same/],
    ["a password of a few letters", { RAMPART_ADMIN_USERNAME: "a", RAMPART_ADMIN_PASSWORD: "secret" }, /at least 12/],
  ] as const)("refuses %s", ([, env, message]) => {
    expect(() => read({ ...env })).toThrow(message);
  });

  test("serves plain HTTP on loopback only", () => {
    expect(read({ RAMPART_BIND: "::1" }).console.tls.kind).toBe("none");
    expect(read({ RAMPART_BIND: "0.0.0.0" }).console.tls.kind).toBe("own-authority");
    expect(read({ RAMPART_BIND: "10.0.0.1", RAMPART_TLS_CERT: "c.pem", RAMPART_TLS_KEY: "k.pem" }).console.tls).toEqual(
      {
        kind: "given",
        certificate: "/srv/rampart/c.pem",
        key: "/srv/rampart/k.pem",
      },
    );
  });
});
