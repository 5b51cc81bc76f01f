import type { InventoryPackage } from "../contract.ts";
import { formatPurl, parsePurl } from "./purl/parse-purl.ts";
import { upstreamOf } from "./source-package.ts";

/** The package URL with the source package in it, where other tools look for it. */
export function writtenPurl(found: InventoryPackage): string {
  const purl = parsePurl(found.purl);
  if (purl === null || found.kind !== "os") return found.purl;
  const upstream = upstreamOf(purl.type, found);
  return upstream === ""
    ? found.purl
    : (formatPurl({ ...purl, qualifiers: { ...purl.qualifiers, upstream } }) ?? found.purl);
}
