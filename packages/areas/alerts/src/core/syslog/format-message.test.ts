import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { syslogFacilities, syslogMessageBytes } from "../../contract.ts";
import { toVisible } from "./escape.ts";
import { formatMessage, type SyslogMessage } from "./format-message.ts";
import { readMessage } from "./read-message.ts";
import { utf8Length } from "./utf8.ts";

const plain: SyslogMessage = {
  facility: "local1",
  severity: 3,
  timestamp: "2026-01-05T10:00:00.000Z",
  hostname: "console",
  appName: "rampart",
  procId: "42",
  msgId: "vulnerabilities.rule-violated",
  params: [["rule", "prod"]],
  pairs: [["type", "image_scan"]],
};
const roomy = 1_000_000;

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.constantFrom('"', "\\", "]", "\n", "\\n", "\u2028"),
);
const anyKey = fc.string({ unit: fc.constantFrom("a", "b", "z", "_"), minLength: 1, maxLength: 32 });
const anyPairs = fc.array(fc.tuple(anyKey, anyText), { maxLength: 12 });
const anyField = fc.string({
  unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 32,
});
const anyMessage: fc.Arbitrary<SyslogMessage> = fc.record({
  facility: fc.constantFrom(...syslogFacilities),
  severity: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7),
  timestamp: fc
    .date({ min: new Date(0), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true })
    .map((at) => at.toISOString()),
  hostname: anyField,
  appName: anyField,
  procId: anyField,
  msgId: anyField,
  params: anyPairs,
  pairs: anyPairs,
});

describe("formatMessage", () => {
  test("writes the form of RFC 5424, facility and severity in one number", () => {
    expect(formatMessage(plain, roomy)).toBe(
      '<139>1 2026-01-05T10:00:00.000Z console rampart 42 vulnerabilities.rule-violated [rampart@32473 rule="prod"] type="image_scan"',
    );
  });

  test.for([
    [
      "quotes, backslashes and brackets of structured data",
      { params: [["rule", 'a"b\\c]d']] },
      String.raw`rule="a\"b\\c\]d"`,
    ],
    ["quotes and backslashes of the text", { pairs: [["msg", 'a"b\\c]d']] }, String.raw`msg="a\"b\\c]d"`],
    ["line breaks of the text", { pairs: [["msg", "a\r\nb"]] }, String.raw`msg="a\r\nb"`],
    ["an escape sequence for a terminal", { pairs: [["msg", "\u001b[2J"]] }, String.raw`msg="\u001b[2J"`],
    ["line breaks of structured data become visible", { params: [["rule", "a\nb"]] }, 'rule="a␊b"'],
    ["a hostname with a space", { hostname: "my host" }, " my_host rampart "],
    ["a missing hostname", { hostname: "" }, " - rampart "],
  ] as const)("escapes %s", ([, about, expected]) => {
    expect(formatMessage({ ...plain, ...about }, roomy)).toContain(expected);
  });

  test("marks text beyond ASCII with the byte order mark, and only that", () => {
    expect(formatMessage({ ...plain, pairs: [["msg", "grün"]] }, roomy)).toContain('] \uFEFFmsg="grün"');
    expect(formatMessage({ ...plain, params: [["rule", "grün"]] }, roomy)).not.toContain("\uFEFF");
  });

  test("what was written is read back exactly; structured data with its control characters made visible", () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const wellFormed = message.pairs.map(([key, value]) => [key, value.toWellFormed()]);
        const visible = message.params.map(([key, value]) => [key, toVisible(value)]);
        expect(readMessage(formatMessage(message, roomy))).toEqual({ ...message, pairs: wellFormed, params: visible });
      }),
    );
  });

  test("no line break, no control character gets out, whatever goes in", () => {
    fc.assert(
      fc.property(
        anyMessage,
        (message) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u.test(formatMessage(message, roomy)),
      ),
    );
  });

  test("a message is never longer than allowed, always readable, and says when it was shortened", () => {
    const anyLimit = fc.integer({ min: syslogMessageBytes.min, max: 900 });
    const long = fc.array(fc.tuple(anyKey, fc.string({ unit: "grapheme", maxLength: 300 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(anyMessage, long, anyLimit, (message, pairs, limit) => {
        const written = formatMessage({ ...message, pairs, params: pairs }, limit);
        expect(utf8Length(written)).toBeLessThanOrEqual(limit);
        const read = readMessage(written);
        expect(read).not.toBeNull();
        const isWhole =
          JSON.stringify(read?.pairs) === JSON.stringify(pairs.map(([key, value]) => [key, value.toWellFormed()]));
        expect(isWhole || read?.pairs.at(-1)?.[0] === "truncated").toBe(true);
      }),
    );
  });

  test("a long value is cut where it can be, and what is short beside it stays", () => {
    const written = formatMessage(
      {
        ...plain,
        pairs: [
          ["type", "image_scan"],
          ["msg", "x".repeat(2_000)],
          ["rule", "prod"],
        ],
      },
      480,
    );
    const pairs = new Map(readMessage(written)?.pairs);
    expect(pairs.get("type")).toBe("image_scan");
    expect(pairs.get("msg")).toMatch(/^x+…$/);
    expect(pairs.get("rule")).toBe("prod");
    expect(pairs.get("truncated")).toBe("1");
  });
});

test("counts bytes as UTF-8 does", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => utf8Length(text) === new TextEncoder().encode(text).length),
  );
});
