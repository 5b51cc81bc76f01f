import { expect, test } from "vitest";
import { formatPort } from "./format-port.ts";

test.for([
  [{ containerPort: 80, protocol: "tcp" }, "80/tcp"],
  [{ containerPort: 80, protocol: "tcp", hostIp: "0.0.0.0", hostPort: 8080 }, "0.0.0.0:8080→80/tcp"],
  [{ containerPort: 53, protocol: "udp", hostIp: "::", hostPort: 53 }, "[::]:53→53/udp"],
] as const)("%j reads as %s", ([port, words]) => {
  expect(formatPort(port)).toBe(words);
});
