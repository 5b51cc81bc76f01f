import type { ListedComponent } from "./listed-component.ts";
import type { Purl } from "./purl/parse-purl.ts";

type Source = Readonly<{ sourceName?: string | undefined; sourceVersion?: string | undefined }>;
type Built = Readonly<{ name: string; version: string }>;

/** The source package of a distribution's package: Debian, Ubuntu and Alpine write their advisories about that. */
export function sourceOf(purl: Purl, listed: ListedComponent, built: Built): Source {
  const told = fromUpstream(purl) ?? { sourceName: listed.sourceName ?? "", sourceVersion: listed.sourceVersion ?? "" };
  // rpm compares the source's version without an epoch, which the name of a source package cannot carry.
  const ownVersion = purl.type === "rpm" ? built.version.replace(/^\d+:/, "") : built.version;
  return {
    ...(told.sourceName !== "" && told.sourceName !== built.name && { sourceName: told.sourceName }),
    ...(told.sourceVersion !== "" && told.sourceVersion !== ownVersion && { sourceVersion: told.sourceVersion }),
  };
}

/** `upstream=openssl`, `upstream=openssl@3.0.11-1`, `upstream=acl-2.2.53-1.el8.src.rpm`. */
function fromUpstream({ type, qualifiers }: Purl): { sourceName: string; sourceVersion: string } | null {
  const upstream = qualifiers["upstream"] ?? "";
  if (upstream === "") return null;
  const sourceRpm = type === "rpm" ? splitSourceRpm(upstream) : null;
  if (sourceRpm !== null) return sourceRpm;
  const at = upstream.lastIndexOf("@");
  return at <= 0
    ? { sourceName: upstream, sourceVersion: "" }
    : { sourceName: upstream.slice(0, at), sourceVersion: upstream.slice(at + 1) };
}

/** The file name of a source rpm: name, version and release, parted by the last two hyphens. */
export function splitSourceRpm(file: string): { sourceName: string; sourceVersion: string } | null {
  if (file.length > 512) return null;
  const match = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(file);
  return match === null ? null : { sourceName: match[1] ?? "", sourceVersion: match[2] ?? "" };
}

/** The qualifier that tells of the source, for tools that look for it there; empty when it is the package itself. */
export function upstreamOf(format: string, { name, version, sourceName, sourceVersion }: Built & Source): string {
  if (sourceName === undefined && sourceVersion === undefined) return "";
  if (format !== "rpm") return `${sourceName ?? name}${sourceVersion === undefined ? "" : `@${sourceVersion}`}`;
  return `${sourceName ?? name}-${sourceVersion ?? version.replace(/^\d+:/, "")}.src.rpm`;
}
