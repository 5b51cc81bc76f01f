import { createHash, hash } from "node:crypto";
import { auditPort } from "@rampart/audit/bind";
import { bindArea, bindInstallation, randomIds } from "@rampart/database";
import { type Database, listProjectScopes } from "@rampart/database/unscoped";
import { bindInventory } from "@rampart/inventory/bind";
import { systemClock, type Caller, type Clock, type Ids, type ProjectScope } from "@rampart/kernel";
import type { Sealer } from "@rampart/secrets";
import type { ExplainingCtx, IntelligenceCtx, MatchingCtx, VulnerabilityCtx } from "./ports.ts";
import { matchMemory, type MatchMemory } from "./core/match-memo.ts";
import { advisoryCache, type AdvisoryCache } from "./rim/advisory-cache.ts";
import { trustedKeyFromPem } from "./rim/bundle/keys.ts";
import { checkCertificates } from "./rim/feeds/check-certificates.ts";
import { openFeeds } from "./rim/feeds/open-feeds.ts";
import { bundleKeyStore } from "./rim/store/bundle-keys.ts";
import { locationStore } from "./rim/store/locations.ts";
import { sourceStore } from "./rim/store/sources.ts";
import { stagingStore } from "./rim/store/staging.ts";
import { vulnerabilityStores } from "./rim/store/stores.ts";

export type VulnerabilityPlatform = Readonly<{
  database: Database;
  clock?: Clock;
  ids?: Ids;
  /** Opens the credentials of feeds' addresses; a process that asks no address goes without. */
  sealer?: Sealer;
}>;

/** One per database and process: the advisories are the same for all projects. */
const shared = new WeakMap<Database, Readonly<{ cache: AdvisoryCache; memory: MatchMemory }>>();

function sharedOf(database: Database): Readonly<{ cache: AdvisoryCache; memory: MatchMemory }> {
  const known = shared.get(database) ?? { cache: advisoryCache(), memory: matchMemory() };
  shared.set(database, known);
  return known;
}

export function bindVulnerabilities(
  platform: VulnerabilityPlatform,
  scope: ProjectScope,
  caller: Caller,
): VulnerabilityCtx {
  const { database, clock = systemClock, ids = randomIds } = platform;
  const { cache } = sharedOf(database);
  return {
    ...bindArea({
      database,
      scope,
      caller,
      clock,
      ids,
      audit: auditPort,
      makeStores: (tx, own) => vulnerabilityStores(tx, own, { cache, now: () => clock.now() }),
    }),
    idOf,
  };
}

/** For explanations about whole resources: the caller must be allowed to read the inventory too. */
export function bindExplaining(platform: VulnerabilityPlatform, scope: ProjectScope, caller: Caller): ExplainingCtx {
  return {
    ...bindVulnerabilities(platform, scope, caller),
    inventory: bindInventory(platform, scope, caller),
  };
}

/** For the jobs that compare: they act for nobody and may read the inventory. */
export function bindMatching(platform: VulnerabilityPlatform, scope: ProjectScope): MatchingCtx {
  return {
    ...bindVulnerabilities(platform, scope, matchingCaller),
    inventory: bindInventory(platform, scope, matchingCaller),
    memory: sharedOf(platform.database).memory,
  };
}

const matchingCaller: Caller = {
  kind: "job",
  id: "vulnerabilities.matching",
  name: "vulnerabilities.matching",
  permissions: new Set(["vulnerabilities.read", "vulnerabilities.write", "inventory.read"]),
};

/** Projects told by one read of their list. */
const projectsPage = 500;

export function bindIntelligence(platform: VulnerabilityPlatform, caller: Caller): IntelligenceCtx {
  const { database, clock = systemClock, ids = randomIds, sealer = null } = platform;
  return {
    ...bindInstallation({
      database,
      caller,
      clock,
      ids,
      audit: auditPort,
      makeStores: (tx) => ({
        sources: sourceStore(tx),
        staging: stagingStore(tx),
        bundleKeys: bundleKeyStore(tx),
        locations: locationStore(tx, sealer),
      }),
    }),
    openFeeds,
    checkCertificates,
    fingerprintOf: (publicKey) => trustedKeyFromPem(publicKey).fingerprint,
    hashOf: (text) => createHash("sha256").update(text).digest("hex"),
    announce: (revision) => announce(platform, revision),
  };
}

/** Appends one fact to each project that is behind. Asking again is harmless: whoever is up to date hears nothing. */
async function announce(platform: VulnerabilityPlatform, revision: number): Promise<void> {
  for (let after: string | undefined; ;) {
    const page = { size: projectsPage, ...(after !== undefined && { after }) };
    const scopes = await platform.database.installation((tx) => listProjectScopes(tx, page));
    for (const scope of scopes) await announceTo(bindVulnerabilities(platform, scope, matchingCaller), revision);
    after = scopes.at(-1)?.projectId;
    if (scopes.length < projectsPage || after === undefined) return;
  }
}

async function announceTo(ctx: VulnerabilityCtx, revision: number): Promise<void> {
  await ctx.unit(async ({ progress, facts }) => {
    if ((await progress.get()) >= revision) return;
    await facts.append({ type: "vulnerabilities.advisories-changed", payload: { revision } });
  });
}

/** The same UUID for the same text: 128 bits of SHA-256 in the form of a version 8 UUID (RFC 9562, section 5.8). */
function idOf(text: string): string {
  const hex = hash("sha256", text);
  const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
