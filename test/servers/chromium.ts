import { chromium, type Browser } from "playwright-core";
import { requireProgram } from "./debian-package.ts";

/** Starts Debian's Chromium without a window and without calls home. Close it with `browser.close()`. */
export async function startChromium(): Promise<Browser> {
  const executablePath = await requireProgram("chromium", "chromium");
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
