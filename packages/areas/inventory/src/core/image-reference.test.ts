import { expect, test } from "vitest";
import { readImageReference } from "./image-reference.ts";

test.for([
  ["debian:12", { registry: "", repo: "debian", tag: "12" }],
  ["shop/web", { registry: "", repo: "shop/web", tag: "" }],
  ["docker.io/library/debian:12", { registry: "docker.io", repo: "library/debian", tag: "12" }],
  ["reg.example:5000/shop/web:1.2", { registry: "reg.example:5000", repo: "shop/web", tag: "1.2" }],
  ["localhost/web:dev", { registry: "localhost", repo: "web", tag: "dev" }],
  [`reg.example/web@sha256:${"a".repeat(64)}`, { registry: "reg.example", repo: "web", tag: "" }],
] as const)("reads %s", ([name, reference]) => {
  expect(readImageReference(name)).toEqual(reference);
});
