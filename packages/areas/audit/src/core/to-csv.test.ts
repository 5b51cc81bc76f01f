import { expect, test } from "vitest";
import { toCsv } from "./to-csv.ts";

test.for([
  ["quotes what would break the row", 'a "b", c\n', '"a ""b"", c\n"'],
  ["keeps a spreadsheet from running a formula", "=cmd()", "'=cmd()"],
  ["leaves plain text alone", "plain", "plain"],
] as const)("%s", ([, value, cell]) => expect(toCsv(["h"], [[value]])).toBe(`h\r\n${cell}\r\n`));
