import type { FileContent } from "../layers/layer-result.ts";
import { foundPackages, statedLicenses } from "./found-packages.ts";

/** Name and version stand in the first lines; the lists of files and dependencies that follow may be long. */
const fieldsBytesMax = 64 * 1024;
const quoted = String.raw`(?:%q)?["'<{([]([^"'<>{}()[\]\n]{1,256})["'>})\]]`;
const fields = {
  name: new RegExp(String.raw`^\s{0,8}\w{1,32}\.name = ${quoted}`, "m"),
  version: new RegExp(String.raw`^\s{0,8}\w{1,32}\.version = ${quoted}`, "m"),
  licenses: /^\s{0,8}\w{1,32}\.licenses = \[([^\]\n]{1,1024})\]/m,
} as const;
const stub = /^# stub: (\S{1,256}) (\S{1,128}) /m;

/** Reads the specification that RubyGems writes for each gem it installs, which is Ruby code of a fixed form. */
export function readGemspec(bytes: Buffer): FileContent | null {
  const head = bytes.toString("utf8", 0, fieldsBytesMax);
  const comment = stub.exec(head);
  const name = fields.name.exec(head)?.[1] ?? comment?.[1];
  const version = fields.version.exec(head)?.[1] ?? comment?.[2];
  if (name === undefined || version === undefined) return null;
  const licenses = Array.from(
    fields.licenses.exec(head)?.[1]?.matchAll(/["']([^"']*)["']/g) ?? [],
    ([, text = ""]) => text,
  );
  return foundPackages([{ name, version, kind: "gem", ...statedLicenses(licenses) }]);
}
