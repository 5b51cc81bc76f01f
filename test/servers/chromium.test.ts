import { expect, test } from "vitest";
import { startChromium } from "./chromium.ts";

test("a headless Chromium shows a page", async () => {
  const browser = await startChromium();
  const page = await browser.newPage();
  await page.setContent("<title>hello</title>");
  expect(await page.title()).toBe("hello");
  await browser.close();
});
