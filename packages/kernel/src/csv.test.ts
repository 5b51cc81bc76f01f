import { expect, test } from "vitest";
import { csvLine } from "./csv.ts";

test("quotes what would break a line apart", () => {
  expect(csvLine(["a,b", 'say "hi"', "two\nlines", 3, null])).toBe('"a,b","say ""hi""","two\nlines",3,\r\n');
});

test("a value from an image cannot become a formula in a spreadsheet", () => {
  expect(csvLine(["=HYPERLINK(1)", "+1", "@x", "-2"])).toBe("'=HYPERLINK(1),'+1,'@x,'-2\r\n");
});
