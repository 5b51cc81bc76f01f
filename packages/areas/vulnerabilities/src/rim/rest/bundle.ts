import type { Database } from "@rampart/database";
import { Refusal } from "@rampart/kernel";
import { restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindIntelligence } from "../../bind.ts";
import { listStoredFeeds } from "../../verbs/list-stored-feeds.ts";
import { bundleShelf, type BundleShelf } from "../bundle/bundle-shelf.ts";
import { deltaName } from "../bundle/delta-name.ts";
import { signingKeyFromSeed, type SigningKey } from "../bundle/keys.ts";

const tag = "Vulnerabilities";

type Platform = RestRequest<unknown, unknown>["platform"];

/** One per database and process: what was made for one supervisor serves the next. */
const shelves = new WeakMap<Database, BundleShelf>();

function shelfOf({ database }: Platform): BundleShelf {
  const shelf = shelves.get(database) ?? bundleShelf();
  shelves.set(database, shelf);
  return shelf;
}

/** How one Console hands its advisories to another one, or to whoever carries them to a place without a network. */
export const bundleRoutes: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/feeds/bundle",
    tag,
    summary: "Download what is loaded as one signed file; with If-None-Match and A-IM only what has changed since",
    query: z.object({}),
    answers: "file",
    async run({ platform, caller, held }) {
      const ctx = bindIntelligence(platform, caller);
      const stored = await listStoredFeeds(ctx);
      const bundle = await shelfOf(platform).serve({
        stored,
        key: keyOf(platform),
        origin: platform.addresses.consoleUrl,
        now: ctx.clock.now(),
        held: held.etag,
        takesDelta: held.deltaForms.includes(deltaName),
      });
      const { etag, base } = bundle;
      if (bundle.kind === "unchanged") return { kind: "unchanged", etag };
      const delta = base === null ? {} : { delta: { form: deltaName, base } };
      const { chunks, fileName } = bundle;
      return { kind: "file", chunks, fileName, contentType: "application/zip", etag, ...delta };
    },
  }),
  restRoute({
    method: "get",
    path: "/feeds/bundle/key",
    tag,
    summary: "The public key of this Console's bundles, for whoever is to trust them",
    query: z.object({}),
    answers: "text",
    async run({ platform }) {
      const { publicKey: text } = keyOf(platform);
      return { kind: "text", text, contentType: "application/x-pem-file", fileName: "bundle-key.pem" };
    },
  }),
];

function keyOf({ bundleSeed }: Platform): SigningKey {
  if (bundleSeed !== undefined) return signingKeyFromSeed(bundleSeed);
  throw new Refusal("precondition", "vulnerabilities.bundle.key", "This Console has no key to sign bundles with.");
}
