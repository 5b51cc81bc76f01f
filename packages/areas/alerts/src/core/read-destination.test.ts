import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SyslogSettings, syslogTransports } from "../contract.ts";
import { destinationOf } from "./destination-of.ts";
import { readDestination } from "./read-destination.ts";

describe("readDestination", () => {
  test.for([
    ["tcp://192.168.125.200:514", { transport: "tcp", host: "192.168.125.200", port: 514 }],
    ["TLS://siem.example.com", { transport: "tls", host: "siem.example.com", port: 6514 }],
    ["udp://[::1]:5514", { transport: "udp", host: "::1", port: 5514 }],
    ["siem.example.com:514", null],
    ["http://siem.example.com", null],
    ["tcp://siem.example.com:0", null],
    ["tcp://siem:70000", null],
    ["", null],
  ] as const)("%s", ([text, destination]) => expect(readDestination(text)).toEqual(destination));

  test("reads what destinationOf wrote", () => {
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(
        fc.constantFrom(...syslogTransports),
        host,
        fc.integer({ min: 1, max: 65_535 }),
        (transport, name, port) => {
          const settings = { ...SyslogSettings.parse({ kind: "syslog", host: "x", port, transport }), host: name };
          expect(readDestination(destinationOf(settings))).toEqual({ transport, host: name, port });
        },
      ),
    );
  });
});
