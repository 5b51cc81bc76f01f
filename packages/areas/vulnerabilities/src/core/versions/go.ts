import { schemeOf } from "./scheme.ts";
import { orderSemver, parseSemver, type Semver } from "./semver.ts";

/** Modules use `v1.2.3`, the toolchain `go1.21rc2`; a pseudo-version is an ordinary pre-release. */
function parse(text: string): Semver | null {
  const toolchain = /^go(\d+(?:\.\d+)*)(?:(rc|beta|alpha)(\d+))?(?:[-+ ].*)?$/.exec(text.trim());
  if (toolchain?.[1] === undefined) return parseSemver(text);
  const before = toolchain[2] === undefined ? [] : [toolchain[2], toolchain[3] ?? "0"];
  return { numbers: toolchain[1].split("."), before };
}

export const go = schemeOf(parse, orderSemver);

/** What `golang.org/x/mod/semver` accepts: a pre-release or build needs all three numbers. */
export function isGoModuleVersion(text: string): boolean {
  const numeric = "(?:0|[1-9]\\d*)";
  const identifier = `(?:${numeric}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
  const tail = `(?:-${identifier}(?:\\.${identifier})*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?`;
  return new RegExp(`^v${numeric}(?:\\.${numeric}(?:\\.${numeric}${tail})?)?$`).test(text);
}
