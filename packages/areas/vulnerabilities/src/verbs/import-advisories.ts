import { Refusal } from "@rampart/kernel";
import type { FeedAccess, FeedOutcome, FeedSource, ImportAdvisories, ImportReport, Validators } from "../contract.ts";
import { BadFeed } from "../core/bad-feed.ts";
import type { Bundle, FeedFile, IntelligenceCtx } from "../ports.ts";
import { replaceFeed } from "./replace-feed.ts";

type Imported = ImportReport &
  Readonly<{
    validators: Validators;
    /** A bundle was refused in parts: what is remembered of the address has to be forgotten. */
    startOver: boolean;
  }>;

/** What is remembered of an address that is asked again, and with what it is asked. */
type Asking = Readonly<{ known: Validators; access: FeedAccess }>;

const anonymously: FeedAccess = { credential: null, caCertificate: null };

/**
 * Takes in every feed of a folder, bundle or address. Each feed is taken in whole or not at all: a bad one is refused
 * with its line, and what it said before stays in force. Afterwards every project that is behind is told.
 */
export async function importAdvisories(ctx: IntelligenceCtx, asked: ImportAdvisories): Promise<ImportReport> {
  const { revision, files } = await importChanged(ctx, asked, { known: {}, access: anonymously });
  return { revision, files };
}

/** The same for an address that is asked again: what it has not changed since `known` is not fetched. */
export async function importChanged(
  ctx: IntelligenceCtx,
  asked: ImportAdvisories,
  { known, access }: Asking,
): Promise<Imported> {
  ctx.require("operations.write");
  const publicKeys = await trustedKeys(ctx, asked.publicKey);
  const folder = await ctx.openFeeds(asked.location, { known, access, publicKeys });
  const files: FeedOutcome[] = [];
  try {
    if (folder.bundle !== null && !asked.force) await refuseOlder(ctx, folder.bundle);
    for (const file of folder.unchanged) files.push(await noteUnchanged(ctx, file));
    for (const feed of folder.files) files.push(await importFile(ctx, feed, asked.force));
    if (folder.bundle !== null) await noteBundle(ctx, folder.bundle, files);
  } finally {
    await folder.close();
  }
  const revision = await ctx.unit(({ sources }) => sources.getRevision());
  await ctx.announce(revision);
  // What is in a bundle builds on what is here; once it does not fit, only a whole one helps.
  const startOver = folder.bundle !== null && files.some(({ outcome }) => outcome === "refused");
  return { revision, files, validators: startOver ? {} : folder.validators, startOver };
}

async function trustedKeys(ctx: IntelligenceCtx, given: string | undefined): Promise<readonly string[]> {
  ctx.require("operations.write");
  const stored = await ctx.unit(({ bundleKeys }) => bundleKeys.list());
  return [...stored.map(({ publicKey }) => publicKey), ...(given === undefined ? [] : [given])];
}

async function refuseOlder(ctx: IntelligenceCtx, { fingerprint, sequence }: Bundle): Promise<void> {
  ctx.require("operations.write");
  const known = await ctx.unit(({ bundleKeys }) => bundleKeys.find(fingerprint));
  if (known === null || known.sequence <= sequence) return;
  throw new Refusal(
    "conflict",
    "vulnerabilities.bundle.older",
    `The bundle has the number ${sequence}, but number ${known.sequence} of the same key is already imported. Import it with "force" to go back.`,
  );
}

/** The key that was given with the bundle is trusted from now on; the number counts once nothing was refused. */
async function noteBundle(ctx: IntelligenceCtx, bundle: Bundle, files: readonly FeedOutcome[]): Promise<void> {
  ctx.require("operations.write");
  if (files.some(({ outcome }) => outcome === "refused")) return;
  const { fingerprint, publicKey, origin, sequence } = bundle;
  await ctx.unit(async ({ bundleKeys, audit }) => {
    const known = await bundleKeys.find(fingerprint);
    const name = known?.name ?? (origin === "" ? fingerprint.slice(0, 16) : origin);
    await bundleKeys.save({ fingerprint, publicKey, name, sequence }, ctx.clock.now());
    await audit.record("vulnerabilities.bundle.imported", { subject: name, after: { fingerprint, origin, sequence } });
  });
}

async function noteUnchanged(ctx: IntelligenceCtx, file: string): Promise<FeedOutcome> {
  ctx.require("operations.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- nothing came into force
  const known = await ctx.unit(async ({ sources }) => {
    const source = await sources.find(file);
    if (source !== null) await sources.check(source, ctx.clock.now(), null);
    return source;
  });
  return { file, outcome: "unchanged", records: known?.records ?? 0, changedPackages: 0 };
}

async function importFile(ctx: IntelligenceCtx, feed: FeedFile, force: boolean): Promise<FeedOutcome> {
  ctx.require("operations.write");
  const { file } = feed;
  const known = await ctx.unit(({ sources }) => sources.find(file));
  const records = known?.records ?? 0;
  if (isInForce(feed, known) && !(force && feed.base === undefined)) {
    await note(ctx, feed, null);
    return { file, outcome: "unchanged", records, changedPackages: 0 };
  }
  try {
    refuseWithoutBase(feed, known);
    return await replaceFeed(ctx, feed);
  } catch (error) {
    if (!(error instanceof BadFeed)) throw error;
    await note(ctx, feed, error.message);
    return { file, outcome: "refused", records, changedPackages: 0, problem: error.message };
  }
}

function isInForce({ sha256 }: FeedFile, known: FeedSource | null): boolean {
  return known?.sha256 === sha256 && known.importedAt !== null;
}

function refuseWithoutBase({ file, base }: FeedFile, known: FeedSource | null): void {
  if (base === undefined || known?.sha256 === base) return;
  throw new BadFeed(file, null, "builds on content that is not loaded here; import a whole bundle first");
}

async function note(ctx: IntelligenceCtx, feed: FeedFile, problem: string | null): Promise<void> {
  ctx.require("operations.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- nothing came into force
  await ctx.unit(({ sources }) => sources.check(feed, ctx.clock.now(), problem));
}
