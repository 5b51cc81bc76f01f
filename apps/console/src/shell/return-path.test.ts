import { expect, test } from "vitest";
import { readReturnPath } from "./return-path.ts";

test("a path of this Console is kept with its query", () => {
  expect(readReturnPath("/p/shop/vulnerabilities/images?q=nginx")).toBe("/p/shop/vulnerabilities/images?q=nginx");
});

test.for(["https://example.com", "//example.com", "/\\example.com", "javascript:alert(1)", "/a\nb", undefined, ["/a"]])(
  "%s never leads away from this Console",
  (asked) => {
    expect(readReturnPath(asked)).toBe("/");
  },
);
