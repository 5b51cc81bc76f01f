import { CsafBranch, type CsafDocument } from "./csaf-document.ts";
import { BadEntry, feedPieceLimits } from "./feed-entry.ts";

/** A package as a platform ships it. Without a version, every one is meant. */
export type CsafPackage = Readonly<{ ecosystem: string; name: string; version: string | null; introduced: string }>;

type Product = Readonly<{ cpe?: string | undefined; purl?: string | undefined }>;

/** What each product id of the document stands for; null for what no supported distribution ships. */
export function csafProducts({ product_tree: tree }: CsafDocument): (productId: string) => CsafPackage | null {
  const products = new Map<string, Product>();
  for (const branch of tree.branches) collect(branch, products, 0);
  const related = new Map(
    tree.relationships.map((relation) => [
      relation.full_product_name.product_id,
      { component: relation.product_reference, platform: relation.relates_to_product_reference },
    ]),
  );
  return (productId) => {
    const { component, platform } = related.get(productId) ?? splitId(productId);
    const ecosystem = ecosystemOf(products.get(platform)?.cpe ?? "");
    if (ecosystem === null) return null;
    const named = packageOf(component, products.get(component)?.purl);
    return named === null ? null : { ecosystem, ...named };
  };
}

function collect(branch: unknown, products: Map<string, Product>, depth: number): void {
  const parsed = CsafBranch.safeParse(branch);
  if (!parsed.success || depth > feedPieceLimits.depthMax)
    throw new BadEntry(null, "has a product tree of another form");
  const { product, branches } = parsed.data;
  if (product !== undefined) {
    const { cpe, purl } = product.product_identification_helper ?? {};
    products.set(product.product_id, { cpe, purl });
  }
  for (const inner of branches) collect(inner, products, depth + 1);
}

function splitId(productId: string): { component: string; platform: string } {
  const colon = productId.indexOf(":");
  return { component: productId.slice(colon + 1), platform: productId.slice(0, Math.max(0, colon)) };
}

const susePlatforms: Readonly<Record<string, string>> = {
  sles: "SUSE:Linux Enterprise Server",
  sled: "SUSE:Linux Enterprise Desktop",
  sles_sap: "SUSE:Linux Enterprise Server for SAP Applications",
};

/** Streams with their own archive (extended updates, products on top) are no part of the release that they extend. */
function ecosystemOf(cpe: string): string | null {
  const redHat = /^cpe:\/[oa]:redhat:enterprise_linux:(\d+)(?:::[\w.-]*)?$/.exec(cpe);
  if (redHat !== null) return `Red Hat:enterprise_linux:${redHat[1]}`;
  const leap = /^cpe:\/o:opensuse:leap:(\d+\.\d+)$/.exec(cpe);
  if (leap !== null) return `openSUSE:Leap ${leap[1]}`;
  if (/^cpe:\/o:opensuse:tumbleweed\b/.test(cpe)) return "openSUSE:Tumbleweed";
  const suse = /^cpe:\/o:suse:([a-z_-]+):(\d+)(?::sp(\d+))?$/.exec(cpe);
  if (suse === null) return null;
  const [, product = "", release, servicePack] = suse;
  // From release 15 on the server consists of modules, each with its own name and the same release.
  const platform = product.startsWith("sle-module-") ? susePlatforms["sles"] : susePlatforms[product];
  if (platform === undefined) return null;
  return `${platform} ${release}${servicePack === undefined ? "" : ` SP${servicePack}`}`;
}

const architectures = /\.(?:src|nosrc|noarch|x86_64|aarch64|ppc64le|ppc64|s390x|s390|i[3-6]86|armv[67]h[fn]?l?)$/;
const debug = /-debug(?:info|source)(?:-|$)/;

type Named = Pick<CsafPackage, "name" | "version" | "introduced">;

/**
 * Name and version of a component, such as `sudo-0:1.9.5p2-1.el8_6.src`, `libopenssl3-3.0.8-1.1`, or a bare name. A
 * package of a module carries it before (`ruby:3.3:…:ruby-0:…`) or behind (`…::ruby:3.3`).
 */
function packageOf(component: string, purl: string | undefined): Named | null {
  const [plain = "", moduleBehind] = component.split("::");
  const named = fromNevra(plain.replace(architectures, ""), moduleBehind) ?? fromName(plain, purl);
  return named === null || debug.test(named.name) ? null : named;
}

function fromNevra(text: string, moduleBehind: string | undefined): Named | null {
  const nevra = /^(?:(.*):)?([^:]+)-(\d+):([^:-]+-[^:-]+)$/.exec(text);
  if (nevra === null) return null;
  const [, moduleBefore, name = "", epoch, version = ""] = nevra;
  const stream = (moduleBehind ?? moduleBefore)?.split(":")[1];
  return { name, version: epoch === "0" ? version : `${epoch}:${version}`, introduced: startOf(stream, version) };
}

/** What a module contains is told apart by its stream alone, which an installed package does not say. */
function fromName(plain: string, purl: string | undefined): Named | null {
  if (plain.includes("/") || plain.includes(":")) return null;
  return { ...(fromPurl(purl) ?? fromText(plain.replace(architectures, ""))), introduced: "0" };
}

/** Older streams of a module live on with their own repairs: a fix in 3.3 says nothing about 2.5. */
function startOf(stream: string | undefined, version: string): string {
  return stream !== undefined && /^\d/.test(stream) && version.startsWith(stream) ? stream : "0";
}

function fromPurl(purl: string | undefined): Omit<Named, "introduced"> | null {
  const match = /^pkg:rpm\/[^/]+\/([^@?]+)(?:@([^?]*))?(?:\?(.*))?$/.exec(purl ?? "");
  if (match === null) return null;
  const [, name = "", version = "", qualifiers = ""] = match;
  const epoch = /(?:^|&)epoch=(\d+)/.exec(qualifiers)?.[1];
  const evr = epoch === undefined || epoch === "0" ? decode(version) : `${epoch}:${decode(version)}`;
  return { name: decode(name), version: version === "" ? null : evr };
}

/** A release of a distribution's package always begins with a digit, a name's last part hardly ever does. */
function fromText(text: string): Omit<Named, "introduced"> {
  const match = /^(.+)-(\d[^-]*-\d[^-]*)$/.exec(text);
  return match === null ? { name: text, version: null } : { name: match[1] ?? text, version: match[2] ?? null };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
