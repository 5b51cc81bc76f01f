import { resolve } from "node:path";
import type { Validators } from "../../contract.ts";
import type { FeedFile, FeedFolder } from "../../ports.ts";
import { download } from "./download.ts";
import { orderFeeds } from "./feed-kind.ts";
import { feedLimits } from "./limits.ts";
import { listFiles } from "./list-files.ts";
import { toFeeds } from "./to-feeds.ts";
import { unusable } from "./unusable.ts";

/** Opens a folder, a single file, or an http(s) address of either; what an address has not changed is left out. */
export async function openFeeds(location: string, known: Validators = {}): Promise<FeedFolder> {
  if (/^https?:\/\//i.test(location)) return openDownloaded(location, known);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(location))
    throw unusable(location, "only folders, files and http(s) addresses can be read");
  const files = await filesOf(location, resolve(location));
  return { files, validators: {}, unchanged: [], close: async () => undefined };
}

async function openDownloaded(location: string, known: Validators): Promise<FeedFolder> {
  const { folder, validators, unchanged, close } = await download(location, known);
  try {
    const files = unchanged.length > 0 && (await listFiles(folder)).length === 0 ? [] : await filesOf(folder, location);
    return { files, validators, unchanged, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function filesOf(path: string, origin: string): Promise<readonly FeedFile[]> {
  const found = await listFiles(path);
  const large = found.find(({ sizeBytes }) => sizeBytes > feedLimits.packedBytesMax);
  if (large !== undefined) throw unusable(origin, `${large.name} is larger than ${feedLimits.packedBytesMax} bytes`);
  const feeds = orderFeeds(await toFeeds(found, origin));
  if (feeds.length > feedLimits.filesMax) throw unusable(origin, `it holds more than ${feedLimits.filesMax} feeds`);
  if (feeds.length > 0) return feeds;
  throw unusable(origin, "it holds no feed in a form that is known (OSV, CSAF, secdb, updateinfo, NVD, KEV, EPSS …)");
}
