import type { FileContent, FoundPackage } from "../layers/layer-result.ts";
import { keepFitting } from "../layers/layer-result.ts";
import { readBerkeleyBlobs } from "./rpm-berkeley.ts";
import { readRpmHeader } from "./rpm-header.ts";
import { readNdbBlobs } from "./rpm-ndb.ts";
import { readSqliteBlobs } from "./rpm-sqlite.ts";

const sqliteMagic = "SQLite format 3\0";
const ndbMagic = "RpmP";

/**
 * Reads an rpm database of any of its three formats, told apart by their first bytes.
 * `journal` is SQLite's write-ahead log: what it holds has been installed although the database does not say so yet.
 */
export function readRpmDatabase(bytes: Buffer, journal: Buffer | null = null): FileContent {
  const found: FoundPackage[] = [];
  const owned: string[] = [];
  for (const blob of rpmBlobsOf(bytes, journal)) {
    const header = readRpmHeader(blob);
    if (header === null) continue;
    found.push(header.found);
    for (const path of header.owned) owned.push(path);
  }
  return { is: "os-packages", format: "rpm", packages: keepFitting(found).packages, owned };
}

/** The headers of all packages, whichever of its formats the database has. */
export function rpmBlobsOf(bytes: Buffer, journal: Buffer | null): Iterable<Buffer> {
  if (bytes.toString("latin1", 0, sqliteMagic.length) === sqliteMagic) return readSqliteBlobs(bytes, journal);
  if (bytes.toString("latin1", 0, ndbMagic.length) === ndbMagic) return readNdbBlobs(bytes);
  return readBerkeleyBlobs(bytes);
}
