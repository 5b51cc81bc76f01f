import { resolve } from "node:path";
import type { FeedFile, FeedFolder, OpeningFeeds } from "../../ports.ts";
import { trustedKeyFromPem } from "../bundle/keys.ts";
import { isBundle, openBundle } from "../bundle/open-bundle.ts";
import { download } from "./download.ts";
import { orderFeeds } from "./feed-kind.ts";
import { feedLimits } from "./limits.ts";
import { listFiles, type FoundFile } from "./list-files.ts";
import { toFeeds } from "./to-feeds.ts";
import { unusable } from "./unusable.ts";

/** Opens a folder, a single file or bundle, or an http(s) address of either. */
export async function openFeeds(location: string, opening: OpeningFeeds = plainFeeds): Promise<FeedFolder> {
  if (/^https?:\/\//i.test(location)) return openDownloaded(location, opening);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location))
    throw unusable(location, "only folders, files and http(s) addresses can be read");
  const opened = await openFound(location, resolve(location), opening);
  return { ...opened, validators: {}, unchanged: [], close: async () => undefined };
}

/** Nothing is known of earlier answers, and no key is trusted. */
const plainFeeds: OpeningFeeds = {
  known: {},
  access: { credential: null, caCertificate: null },
  publicKeys: [],
};

async function openDownloaded(location: string, opening: OpeningFeeds): Promise<FeedFolder> {
  const { folder, validators, unchanged, close } = await download(location, opening);
  try {
    const nothingNew = unchanged.length > 0 && (await listFiles(folder)).length === 0;
    const opened = nothingNew ? { files: [], bundle: null } : await openFound(folder, location, opening);
    return { ...opened, validators, unchanged, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Opened = Pick<FeedFolder, "files" | "bundle">;

/** A bundle stands alone; several in one folder would leave open which one counts. */
async function openFound(path: string, origin: string, { publicKeys }: OpeningFeeds): Promise<Opened> {
  const found = await listFiles(path);
  const [first] = found;
  if (found.length !== 1 || first === undefined || !(await isBundle(first.path))) {
    return { files: await filesOf(found, origin), bundle: null };
  }
  const keys = publicKeys.map((publicKey) => ({ publicKey, ...trustedKeyFromPem(publicKey) }));
  const { manifest, files } = await openBundle(first.path, keys);
  const { key: fingerprint, sequence } = manifest;
  const publicKey = keys.find((key) => key.fingerprint === fingerprint)?.publicKey ?? "";
  return { files: orderFeeds(files), bundle: { fingerprint, publicKey, origin: manifest.origin, sequence } };
}

async function filesOf(found: readonly FoundFile[], origin: string): Promise<readonly FeedFile[]> {
  const large = found.find(({ sizeBytes }) => sizeBytes > feedLimits.packedBytesMax);
  if (large !== undefined) throw unusable(origin, `${large.name} is larger than ${feedLimits.packedBytesMax} bytes`);
  const feeds = orderFeeds(await toFeeds(found, origin));
  if (feeds.length > feedLimits.filesMax) throw unusable(origin, `it holds more than ${feedLimits.filesMax} feeds`);
  if (feeds.length > 0) return feeds;
  throw unusable(origin, "it holds no feed in a form that is known (OSV, CSAF, secdb, updateinfo, NVD, KEV, EPSS …)");
}
