import type { FileContent } from "../layers/layer-result.ts";
import { foundPackages } from "./found-packages.ts";
import { javaName } from "./programs/known-programs.ts";

/** Reads the file `release` of a Java runtime; null for the many other files of that name. */
export function readJavaRelease(bytes: Buffer): FileContent | null {
  const version = /^JAVA_VERSION="([\w.+-]{1,64})"/m.exec(bytes.toString("utf8", 0, 16_384))?.[1];
  if (version === undefined) return null;
  return foundPackages([{ name: javaName, version: upstreamVersion(version), kind: "binary" }]);
}

/** Until Java 8 the number that counts stood second: 1.8.0_392 is what advisories call 8.0.392. */
function upstreamVersion(version: string): string {
  const old = /^1\.(\d+)\.(\d+)(?:_(\d+))?/.exec(version);
  return old === null ? version : `${old[1]}.${old[2]}.${old[3] ?? "0"}`;
}
