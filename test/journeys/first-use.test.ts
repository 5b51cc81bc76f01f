import { existsSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChromium } from "../servers/chromium.ts";
import { startDockerd } from "../servers/dockerd.ts";
import type { Engine } from "../servers/engine.ts";
import { loadDebian } from "../servers/images.ts";
import { prepareOnebox, root, startOnebox, type RunningOnebox } from "../servers/onebox.ts";
import { startRsyslog, type Rsyslog } from "../servers/rsyslog.ts";
import { runRampart } from "./run-rampart.ts";
import { openWatchedPage, type WatchedPage } from "./watched-page.ts";

/**
 * The first day of a new installation, as one person lives it: from the set-up link to the alert that the SIEM receives.
 * Each test is one chapter and goes on where the one before ended.
 */
const password = "correct horse battery";
const feeds = path.resolve(root, "../shared/data/advisories");
const hasFeeds = existsSync(feeds);
/** The first look at all public advisories takes a minute on a quiet machine. */
const long = { timeout: 120_000, interval: 500 };

let engine: Engine;
let syslog: Rsyslog;
let onebox: RunningOnebox;
let browser: Browser;
let watched: WatchedPage;

beforeAll(async () => {
  prepareOnebox();
  [engine, syslog, browser] = await Promise.all([startDockerd(), startRsyslog(), startChromium()]);
  onebox = await startOnebox({
    env: { RAMPART_CONTAINER_SOCKET: engine.socket, ...(hasFeeds && { RAMPART_INTEL_DIR: feeds }) },
  });
  watched = await openWatchedPage(browser);
});
afterAll(async () => {
  await browser?.close();
  await onebox?.stop();
  await syslog?.stop();
  await engine?.stop();
});

const project = () => `${onebox.consoleUrl}/p/central`;

async function visit(place: string, heading: RegExp): Promise<void> {
  await watched.page.goto(`${project()}${place}`);
  await watched.page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

test("the set-up link makes the first administrator, once", async () => {
  const { page, look } = watched;
  await page.goto(onebox.setupUrl ?? "");
  await page.getByLabel("User name").fill("ann");
  await page.getByLabel("Password").fill(password);
  await look("01-set-up");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.waitForURL(/\/p\/central/);
  await look("02-overview-empty");
  const again = await fetch(onebox.setupUrl ?? "");
  expect(await again.text()).not.toContain("Create administrator");
});

test("lists say why they are empty, and fill without a reload when an image arrives", async () => {
  const { page, look } = watched;
  await visit("/vulnerabilities/images", /images/i);
  await look("03-images-empty");
  await loadDebian(engine, "bullseye", { name: "shop/web:1.2", labels: { team: "payments" } });
  await engine.run(["run", "--detach", "--name", "web", "--label", "owner=ann", "shop/web:1.2"]);
  await page
    .getByRole("link", { name: /shop\/web/ })
    .first()
    .waitFor({ timeout: 60_000 });
  await look("04-images");
  await visit("/inventory/containers", /containers/i);
  const container = page.getByRole("row").filter({ hasText: "shop/web:1.2" });
  await container.getByText("Running").waitFor({ timeout: 60_000 });
  await page.goto(`${project()}/inventory/containers?q=label.owner%3Dann`);
  await container.waitFor();
  await visit("/vulnerabilities/images", /images/i);
});

test.skipIf(!hasFeeds)("an image shows what is wrong with it, layer by layer and package by package", async () => {
  const { page, look } = watched;
  await expect.poll(async () => countFindings(), long).toBeGreaterThan(50);
  await page
    .getByRole("link", { name: /shop\/web/ })
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: /shop\/web/ }).waitFor();
  await page
    .getByText(/CVE-\d{4}-\d+/)
    .first()
    .waitFor();
  await look("05-image-vulnerabilities");
  for (const tab of ["Layers", "Packages", "Labels", "Hosts"]) {
    await page
      .getByRole("link", { name: new RegExp(`^${tab}`) })
      .last()
      .click();
    await page.waitForURL(new RegExp(`tab=${tab.toLowerCase()}`));
    await page.waitForLoadState("networkidle");
    await look(`06-image-${tab.toLowerCase()}`);
  }
  const { pathname } = new URL(page.url());
  const use = (tab: string) => page.goto(`${onebox.consoleUrl}${pathname}?tab=${tab}&q=use%3Aused`);
  await expect.poll(async () => (await use("packages"), page.getByText("libc6").count()), long).toBeGreaterThan(0);
  await look("06-image-packages-in-use");
  await use("vulnerabilities");
  await page.getByRole("row").filter({ hasText: "glibc" }).first().waitFor({ timeout: 60_000 });
});

test.skipIf(!hasFeeds)("the explorer ranks flaws and names whom they hit", async () => {
  const { page, look } = watched;
  await visit("/vulnerabilities/explorer", /explorer/i);
  await page
    .getByRole("link", { name: /CVE-\d{4}-\d+/ })
    .first()
    .waitFor();
  await look("07-explorer");
  // The host of the test may have flaws of its own.
  await page.goto(`${project()}/vulnerabilities/explorer?q=on%3Aimage`);
  await page
    .getByRole("link", { name: /CVE-\d{4}-\d+/ })
    .first()
    .click();
  await page.getByText("shop/web:1.2").first().waitFor();
  await look("08-cve");
});

test("alerts reach the SIEM with the labels of the resource", async () => {
  const { page, look } = watched;
  await visit("/alerts/labels", /labels/i);
  await page.getByRole("textbox").first().fill("team");
  await page.getByRole("button", { name: /add/i }).first().click();
  await page.getByRole("list", { name: "Declared labels" }).getByText("team").waitFor();
  await look("09-alert-labels");

  await visit("/alerts/channels/new", /channel/i);
  await page.getByLabel("Name", { exact: true }).fill("SOC");
  await page.getByLabel("Transport").selectOption("tcp");
  await page.getByLabel("Host name or address").fill("127.0.0.1");
  await page.getByLabel("Port", { exact: true }).fill(String(syslog.ports.tcp));
  await page.getByRole("button", { name: /test/i }).click();
  await expect.poll(async () => (await syslog.received()).length, long).toBeGreaterThan(0);
  for (const step of ["find the receiver", "connect", "send", "confirm"])
    await page.getByText(step, { exact: true }).waitFor();
  await look("10-channel-tested");
  await page.getByRole("button", { name: "Save channel" }).click();
  await page.waitForURL(/channels\/(?!new)/);

  await loadDebian(engine, "bullseye", { name: "shop/api:7", labels: { team: "payments", tier: "one" } });
  await engine.run(["run", "--detach", "--name", "api", "shop/api:7"]);
  if (!hasFeeds) return;
  await expect.poll(async () => (await receivedAbout("shop/api:7")).length, long).toBeGreaterThan(0);
  const [first] = await receivedAbout("shop/api:7");
  expect(first?.msg).toContain('custom_labels="team:payments"');
  expect(first?.app).toBe("rampart");
  await visit("/alerts/deliveries", /deliveries/i);
  const sent = page.getByRole("row").filter({ hasText: "shop/api:7" }).filter({ hasText: /sent/i });
  await sent.first().waitFor({ timeout: 30_000 });
  await look("11-deliveries");
});

test.skipIf(!hasFeeds)("a rule shows what it would do before it is in force, and acts once it is saved", async () => {
  const { page, look } = watched;
  await visit("/vulnerabilities/policy", /policy/i);
  await page.getByRole("button", { name: /^Edit / }).click();
  await page.getByLabel("Block", { exact: true }).selectOption("critical");
  await look("14-policy-rule");
  await page.getByRole("button", { name: "Take into the draft" }).click();
  await page.getByText("2 images would be blocked").waitFor();
  await look("14-policy-draft");
  await page.getByRole("button", { name: "Review and save" }).click();
  await look("14-policy-review");
  await page.getByRole("button", { name: "Save policy" }).click();
  await page.getByText("The policy is in force").waitFor();
  await page.getByText(/^Draft with/).waitFor({ state: "hidden" });
  await visit("/vulnerabilities/images", /images/i);
  await page
    .getByRole("row")
    .filter({ hasText: "shop/web:1.2" })
    .getByText(/would block/i)
    .waitFor({ timeout: 30_000 });
});

test.skipIf(!hasFeeds)("the command line judges by the Console's advisories and policy", async () => {
  const scan = ["image", "scan", "shop/web:1.2", "--docker-address", engine.socket, "--output", "json"];
  const { code, stdout } = await runRampart(scan, {
    RAMPART_CONSOLE_URL: onebox.consoleUrl,
    RAMPART_USERNAME: "ann",
    RAMPART_PASSWORD: password,
  });
  const [result] = JSON.parse(stdout).results;
  expect([code, result.vulnerabilityScanPassed]).toEqual([1, false]);
  expect(result.vulnerabilities).toHaveLength(await countFindings());
});

test.for([
  ["12-overview", "", /overview|central/i],
  ["13-hosts", "/vulnerabilities/hosts", /hosts/i],
  ["14-policy", "/vulnerabilities/policy", /policy/i],
  ["15-containers", "/inventory/containers", /containers/i],
  ["16-profiles", "/alerts/profiles", /profiles/i],
  ["17-defenders", "/manage/defenders", /defenders/i],
  ["18-enrol", "/manage/defenders/enrol", /defender/i],
  ["19-intelligence", "/manage/intelligence", /intelligence/i],
  ["20-audit-log", "/manage/audit-log", /audit/i],
  ["21-settings", "/manage/settings", /settings/i],
] as const)("%s answers", async ([name, place, heading]) => {
  await visit(place, heading);
  await watched.page.waitForLoadState("networkidle").catch(() => undefined);
  await watched.look(name);
});

test("the audit says who did what, and signing out ends it", async () => {
  const { page } = watched;
  await visit("/manage/audit-log", /audit/i);
  const made = page.getByRole("row").filter({ hasText: "alerts.channel.created" });
  await made.filter({ hasText: "SOC" }).filter({ hasText: "ann" }).waitFor();
  await visit("/manage/settings", /settings/i);
  await page.getByRole("button", { name: "Add user" }).click();
  await page.getByLabel("User name").fill("rea");
  await page.getByLabel("Password", { exact: true }).fill(password);
  await watched.look("21-settings-add-user");
  await page.getByRole("dialog").getByRole("button", { name: "Add user" }).click();
  await page.getByRole("list", { name: "Users" }).getByText("rea", { exact: true }).waitFor();
  const cookies = await page.context().cookies();
  await signOut();
  await watched.look("22-sign-in");
  await page.context().addCookies(cookies);
  await page.goto(project());
  expect(page.url()).toMatch(/sign-in/);
});

test("a reader sees everything and is told why nothing can be changed", async () => {
  const { page } = watched;
  await page.getByLabel("User name").fill("rea");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/p\/central/);
  await visit("/vulnerabilities/policy", /policy/i);
  await expect.poll(() => page.getByRole("button", { name: "Add rule" }).isDisabled()).toBe(true);
  await page.getByText("A tenant administrator can give it.").waitFor();
  await watched.look("23-reader-policy");
  for (const place of ["/manage/defenders", "/alerts/channels", "/manage/settings"]) {
    await page.goto(project() + place);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await watched.look(`23-reader${place.replaceAll("/", "-")}`);
  }
  await signOut();
});

test("nothing on the way was an error in the console or a barrier for anybody", () => {
  expect(watched.faults).toEqual([]);
});

async function signOut(): Promise<void> {
  const { page } = watched;
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: /sign out/i }).click();
  await page.waitForURL(/sign-in/);
}

async function receivedAbout(resource: string) {
  return (await syslog.received()).filter(({ msg }) => msg.includes(resource));
}

async function countFindings(): Promise<number> {
  const answer = await watched.page.request.get(`${onebox.consoleUrl}/api/v1/images?fields=vulnerabilitiesCount`);
  const rows: readonly { vulnerabilitiesCount: number }[] = await answer.json();
  return Math.max(0, ...rows.map((row) => row.vulnerabilitiesCount));
}
