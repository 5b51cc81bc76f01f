import { expect, test } from "vitest";
import { forbidRequest } from "./guard-request.ts";

const consoleUrl = "http://127.0.0.1:8083";

test.for([
  ["a read from anywhere passes", "GET", { origin: "https://evil.example" }, null],
  ["a write from our own page passes", "POST", { origin: consoleUrl, "sec-fetch-site": "same-origin" }, null],
  ["a write of a script without origin passes", "POST", {}, null],
  [
    "a write from the name the browser used passes",
    "POST",
    { origin: "http://localhost:8083", host: "localhost:8083" },
    null,
  ],
  ["a write from a foreign page is refused", "POST", { origin: "https://evil.example", host: "127.0.0.1:8083" }, 403],
  ["a write from a frame without origin is refused", "POST", { origin: "null", host: "127.0.0.1:8083" }, 403],
  ["a cross-site write is refused even without origin", "POST", { "sec-fetch-site": "cross-site" }, 403],
  ["a body without measure is refused", "POST", { "content-length": "99999999999" }, 413],
] as const)("%s", ([, method, headers, status]) => {
  expect(forbidRequest({ method, headers }, consoleUrl)?.status ?? null).toBe(status);
});
