import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../servers/chromium.ts";
import { startDockerd } from "../servers/dockerd.ts";
import type { Engine } from "../servers/engine.ts";
import { addLayer, loadDebian } from "../servers/images.ts";
import { prepareOnebox, startOnebox, type RunningOnebox } from "../servers/onebox.ts";
import { makeScratch } from "../servers/scratch.ts";
import { startTlsFront, type TlsFront } from "../servers/tls-front.ts";
import { leakyFiles, ownFeeds } from "./leaky-image.data.ts";
import { openWatchedPage, type WatchedPage } from "./watched-page.ts";

/**
 * One person learns how far the findings of an image can be believed: what lies in it that should not, what could not be
 * told, where the advisories come from and what only this project knows. Each test is one chapter.
 */
const password = "correct horse battery";
const patient = { timeout: 90_000 };

let engine: Engine;
let onebox: RunningOnebox;
let browser: Browser;
let watched: WatchedPage;
let scratch: Awaited<ReturnType<typeof makeScratch>>;
let central: TlsFront;

beforeAll(async () => {
  prepareOnebox();
  scratch = await makeScratch("what-it-knows");
  [engine, browser] = await Promise.all([startDockerd(), startChromium()]);
  onebox = await startOnebox({ env: { RAMPART_CONTAINER_SOCKET: engine.socket } });
  central = await startTlsFront(onebox.consoleUrl);
  watched = await openWatchedPage(browser);
});
afterAll(async () => {
  await browser?.close();
  await central?.stop();
  await onebox?.stop();
  await engine?.stop();
  await scratch?.remove();
});

const project = () => `${onebox.consoleUrl}/p/central`;

async function visit(place: string, heading: RegExp): Promise<void> {
  await watched.page.goto(`${project()}${place}`);
  await watched.page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

async function openImage(): Promise<void> {
  await visit("/vulnerabilities/images", /images/i);
  const link = watched.page.getByRole("link", { name: /shop\/till/ }).first();
  await link.waitFor(patient);
  await link.click();
  await watched.page.getByRole("heading", { level: 1, name: /shop\/till/ }).waitFor();
}

async function openTab(name: string): Promise<void> {
  const { page } = watched;
  await page
    .getByRole("link", { name: new RegExp(`^${name}`) })
    .last()
    .click();
  await page.waitForURL(new RegExp(`tab=${name.toLowerCase()}`));
}

test("before anything is loaded, Intelligence says what is missing and what to do", async () => {
  const { page, look } = watched;
  await page.goto(onebox.setupUrl ?? "");
  await page.getByLabel("User name").fill("ann");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL(/\/p\/central/);
  await visit("/manage/intelligence", /intelligence/i);
  await page.getByText("Only the built-in starter set is loaded").waitFor(patient);
  await look("40-intelligence-empty");
});

test("an image of which nobody can tell is not shown as clean", async () => {
  await loadDebian(engine, "bullseye", { name: "shop/base:1" });
  const kept = path.join(scratch.path, "kept");
  await addLayer(engine, { from: "shop/base:1", name: "shop/leaky:1", folder: kept, files: leakyFiles });
  await addLayer(engine, { from: "shop/leaky:1", name: "shop/till:3", removed: ["/root/.ssh/id_rsa"] });
  await openImage();
  const { page, look } = watched;
  const warnings = page.getByRole("region", { name: "Warnings of the inspection" });
  await warnings.getByText(/No advisories for Debian GNU.Linux 11 \(bullseye\) are loaded/).waitFor(patient);
  await page.getByRole("region", { name: "Verdict" }).getByText("could not tell").waitFor();
  await page.getByRole("region", { name: "Warnings of the inspection" }).waitFor();
  await look("41-image-not-told");
});

test("keys and logins are told by place, with the layer that brought them, and never themselves", async () => {
  const { page, look } = watched;
  await openTab("Secrets");
  const secrets = page.getByRole("list", { name: "Secrets" });
  await secrets.getByText("root/.ssh/id_rsa:1").waitFor();
  await secrets.getByText(/a later layer hides it/).waitFor();
  await secrets.getByText("app/.npmrc:1").waitFor();
  expect(await page.content()).not.toMatch(/dG9rZW5vZnRoZXNob3A/);
  await look("42-image-secrets");
});

test("a folder is looked at by itself from now on, and everything is compared", async () => {
  const { page, look } = watched;
  const feeds = path.join(scratch.path, "feeds");
  await mkdir(feeds);
  for (const [file, lines] of Object.entries(ownFeeds)) await writeFile(path.join(feeds, file), lines.join("\n"));
  await visit("/manage/intelligence", /intelligence/i);
  await page.getByRole("button", { name: "Add location" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Folder or address").fill(feeds);
  await dialog.getByLabel("How often").selectOption("6");
  await look("43-location-dialog");
  await dialog.getByRole("button", { name: "Add location" }).click();
  const locations = page.getByRole("list", { name: "Folders and addresses" });
  await locations.getByText("imported").waitFor(patient);
  await page.getByText(/All \d+ images? .*are compared with the advisories|All 2 images/).waitFor(patient);
  await look("44-intelligence-loaded");
});

test("what was left out is said with its reason, and an old release as one", async () => {
  const { page, look } = watched;
  await openImage();
  await page.getByText("CVE-2031-0001").first().waitFor(patient);
  const warnings = page.getByRole("region", { name: "Warnings of the inspection" });
  await warnings.getByText(/has had no security updates since 2026-08-31/).waitFor();
  await warnings.getByText(/kernel headers are text for compilers/).waitFor();
  await look("45-image-left-out");
  await page.goto(`${page.url()}?q=CVE-2031-0003`);
  await page.getByText(/No finding of CVE-2031-0003 is listed here/).waitFor();
  await look("46-why-no-finding");
});

test("the bill of materials is downloaded in each form", async () => {
  const { page, look } = watched;
  await openImage();
  await page.getByRole("button", { name: "SBOM" }).click();
  await page.getByRole("menuitem", { name: "SPDX 2.3, JSON" }).waitFor();
  await look("47-sbom-menu");
  await page.keyboard.press("Escape");
  for (const [label, mark] of [
    ["CycloneDX 1.6, JSON", '"bomFormat":"CycloneDX"'],
    ["CycloneDX 1.6, XML", "http://cyclonedx.org/schema/bom/1.6"],
    ["SPDX 2.3, JSON", '"spdxVersion":"SPDX-2.3"'],
  ] as const) {
    await page.getByRole("button", { name: "SBOM" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: label }).click(),
    ]);
    const text = await readFile(await file.path(), "utf8");
    expect(text.replaceAll(/\s*:\s*"/g, ':"')).toContain(mark.replaceAll(/\s*:\s*"/g, ':"'));
    expect(text).toContain("left-shop");
  }
});

test("a flaw that only this project knows is found, and an accepted one counts no more", async () => {
  const { page, look } = watched;
  await visit("/manage/intelligence", /intelligence/i);
  await page.getByRole("button", { name: "Add flaw" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("OURS-2031-1");
  await dialog.getByLabel("Package").fill("right-shop");
  await dialog.getByLabel("Kind").selectOption("nodejs");
  await dialog.getByLabel("To version").fill("3.0.0");
  await dialog.getByLabel("What is wrong").fill("Prices can be set by the buyer");
  await look("48-own-flaw-dialog");
  await dialog.getByRole("button", { name: "Add flaw" }).click();
  await page.getByRole("list", { name: "Own flaws" }).getByText("OURS-2031-1").waitFor();
  await page.getByLabel("CVE", { exact: true }).fill("cve-2031-0001");
  await page.getByLabel("Why it is acceptable").fill("Only reached by the till itself");
  await page.getByLabel("Last day").fill("2031-12-31");
  await page.getByRole("button", { name: "Accept" }).click();
  await page.getByRole("list", { name: "Accepted CVEs" }).getByText("CVE-2031-0001").waitFor();
  await page.getByRole("list", { name: "Accepted CVEs" }).scrollIntoViewIfNeeded();
  await look("49-own-lists");
  await openImage();
  await page.getByText("OURS-2031-1").first().waitFor(patient);
});

test("another Console is asked with a credential; a wrong one is said, and nothing is lost by it", async () => {
  const { page, look } = watched;
  const key = await page.request.get(`${onebox.consoleUrl}/api/v1/feeds/bundle/key`);
  await visit("/manage/intelligence", /intelligence/i);
  await page.getByLabel("Name", { exact: true }).fill("central");
  await page.getByLabel("Public key").fill(await key.text());
  await page.getByRole("button", { name: "Trust this key" }).click();
  await page.getByRole("list", { name: "Trusted keys" }).getByText("central").waitFor();

  await page.getByRole("button", { name: "Add location" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Folder or address").fill(`${central.url}/api/v1/feeds/bundle`);
  await dialog.getByLabel("Sign in with").selectOption("basic");
  await dialog.getByLabel("User name").fill("ann");
  await dialog.getByLabel("Password").fill("not this one");
  await dialog.getByLabel("Its certificate is vouched for by").selectOption("own");
  await dialog.getByLabel("Certificate of the authority").fill(central.caCertificate);
  await look("50-location-with-credential");
  await dialog.getByRole("button", { name: "Add location" }).click();
  await page.getByText(/status 401: it refuses the credential/).waitFor(patient);
  await look("51-credential-refused");

  const row = page.getByRole("listitem").filter({ hasText: central.url });
  await row.getByRole("button", { name: "Change" }).click();
  await dialog.getByLabel("Sign in with").selectOption({ label: "another user name and password" });
  await dialog.getByLabel("User name").fill("ann");
  await dialog.getByLabel("Password").fill(password);
  await look("52-location-changed");
  await dialog.getByRole("button", { name: "Save location" }).click();
  await row.getByText(/imported|unchanged/i).waitFor(patient);
  await page.getByRole("table").last().scrollIntoViewIfNeeded();
  await look("53-intelligence-all");
});

test("nothing on the way was an error in the console or a barrier for anybody", () => {
  expect(watched.faults).toEqual([]);
});
