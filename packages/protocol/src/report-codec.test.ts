import fc from "fast-check";
import { zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeDefenderControl, encodeFrame } from "./codec.ts";
import type { DefenderReport } from "./frames/reports.ts";
import { reportBytesMax } from "./limits.ts";
import { decodeReport, encodeReport, joinReport, splitReport } from "./report-codec.ts";

const report: DefenderReport = {
  type: "image.removed",
  at: "2026-01-05T10:00:00.000Z",
  imageId: `sha256:${"a".repeat(64)}`,
};
const header = { type: "image.removed", epoch: "01890000-0000-7000-8000-00000000000a", sequence: 7 } as const;

describe("a report", () => {
  test("comes back as it went", async () => {
    const split = splitReport(joinReport({ header, body: await encodeReport(report) }));
    if (!split.ok) throw new Error(split.reason);
    expect(split.frame.header).toEqual(header);
    expect(await decodeReport(split.frame.body)).toEqual({ ok: true, frame: report });
  });

  test("of any bytes is read or refused, never thrown", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const split = splitReport(bytes);
        return typeof split.ok === "boolean" && typeof (await decodeReport(bytes)).ok === "boolean";
      }),
    );
  });

  test("cut anywhere is refused", async () => {
    const message = joinReport({ header, body: await encodeReport(report) });
    for (let length = 0; length < message.length; length += 1) {
      const split = splitReport(message.subarray(0, length));
      if (split.ok) expect((await decodeReport(split.frame.body)).ok).toBe(false);
    }
  });

  test("that unpacks to more than it may is refused without being unpacked", async () => {
    const bomb = zstdCompressSync(Buffer.alloc(reportBytesMax + 1));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await decodeReport(bomb)).toMatchObject({ ok: false });
  });

  test("cannot say which project it belongs to", async () => {
    const smuggled = zstdCompressSync(JSON.stringify({ ...report, projectId: "other" }));
    expect(await decodeReport(smuggled)).toMatchObject({ ok: false });
    const inHeader = { ...header, projectId: "other" };
    expect(splitReport(joinReport({ header: inHeader, body: new Uint8Array([1]) }))).toMatchObject({ ok: false });
  });
});

test("a control frame of any text is read or refused, never thrown", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof decodeDefenderControl(text).ok === "boolean"),
  );
});

test("a control frame comes back as it went", () => {
  const renew = { type: "policy.applied", hash: `sha256:${"0".repeat(64)}` } as const;
  expect(decodeDefenderControl(encodeFrame(renew))).toEqual({ ok: true, frame: renew });
});
