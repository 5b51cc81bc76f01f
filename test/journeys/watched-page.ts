import { mkdir } from "node:fs/promises";
import path from "node:path";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { root } from "../servers/onebox.ts";

export const picturesFolder = path.join(root, "test-results/journeys");

const wide = { width: 1440, height: 900 };
const narrow = { width: 1024, height: 768 };

export type WatchedPage = Readonly<{
  page: Page;
  /** What a person would be ashamed of: errors in the console, and what axe finds, each with the page it was on. */
  faults: string[];
  /** Takes pictures of the page as it is, in both themes and widths, and lets axe judge both themes. */
  look(name: string): Promise<void>;
}>;

/** A browser page that remembers everything a person should never see. */
export async function openWatchedPage(browser: Browser): Promise<WatchedPage> {
  await mkdir(picturesFolder, { recursive: true });
  const context = await browser.newContext({ viewport: wide, reducedMotion: "reduce" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(`${page.url()}: ${message.text()}`);
  });

  async function judge(name: string, theme: string): Promise<void> {
    const violations = await findViolations(page);
    for (const { id, nodes } of violations) faults.push(`${name} (${theme}): ${id} at ${nodes.join(" | ")}`);
  }

  return {
    page,
    faults,
    async look(name) {
      // Pages are streamed; the title comes with the part that was waited for.
      await page.locator("title:not(:empty)").first().waitFor({ state: "attached" });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: path.join(picturesFolder, `${name}-${colorScheme}.png`) });
        await judge(name, colorScheme);
      }
      await page.emulateMedia({ colorScheme: "light" });
      await page.setViewportSize(narrow);
      await page.screenshot({ path: path.join(picturesFolder, `${name}-narrow.png`) });
      await page.setViewportSize(wide);
    },
  };
}

type Violation = Readonly<{ id: string; nodes: readonly string[] }>;

async function findViolations(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(axe.source);
  return page.evaluate<readonly Violation[]>(`
    axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)) })))`);
}
