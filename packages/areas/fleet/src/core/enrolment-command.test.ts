import { expect, test } from "vitest";
import { enrolmentCommand, gatewayUnder } from "./enrolment-command.ts";

test("the command holds nothing that a shell would interpret", () => {
  const command = enrolmentCommand({ gateway: "https://gw.example:8084", token: "aB_-9", pin: "sha256:aB_-9" });
  expect(command).toMatch(/^[A-Za-z0-9 :/._-]+$/);
});

test.for([
  ["gw.example.com", "https://gw.example.com:8084"],
  ["10.0.0.7", "https://10.0.0.7:8084"],
  ["fd00::7", "https://[fd00::7]:8084"],
  ["gw; rm -rf /", null],
  ["$(id)", null],
  ["", null],
] as const)("the gateway under the name %j is %j", ([name, expected]) => {
  expect(gatewayUnder("https://localhost:8084", name)).toBe(expected);
});
