import { describe, expect, test } from "vitest";
import { secretLines } from "./secret-lines.ts";

const key = { kind: "private-key", path: "root/.ssh/id_rsa", line: 1, hint: "RSA PRIVATE KEY" } as const;
const layers = [{ digest: `sha256:${"0".repeat(64)}`, sizeBytes: 1, createdBy: "COPY . /root", packageCount: 0 }];

describe("secretLines", () => {
  test("says where a key lies, which layer brought it, and that deleting it did not help", () => {
    expect(secretLines({ layers, secrets: [{ ...key, layer: 0, isHidden: true }] })).toEqual([
      "secret: private-key in root/.ssh/id_rsa, line 1 (RSA PRIVATE KEY), layer 0: COPY . /root; a later layer hides it, but who has the image has it",
    ]);
  });

  test("a folder has no layers, and what has no secrets has no lines", () => {
    expect(secretLines({ layers: [], secrets: [key] })).toEqual([
      "secret: private-key in root/.ssh/id_rsa, line 1 (RSA PRIVATE KEY)",
    ]);
    expect(secretLines({ layers })).toEqual([]);
  });

  test("a thousand secrets do not bury the report", () => {
    const lines = secretLines({ layers: [], secrets: Array.from({ length: 500 }, () => key) });
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe("secret: and 450 more");
  });
});
