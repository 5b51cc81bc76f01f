import type { OsReleaseContent } from "../layers/layer-result.ts";

/** Reads os-release(5): shell-like assignments, one a line. */
export function readOsRelease(bytes: Buffer): OsReleaseContent {
  const values = new Map<string, string>();
  for (const line of bytes.toString("utf8").split(/\r?\n/)) {
    const match = /^\s*([A-Z_]+)=(.*)$/.exec(line);
    if (match?.[1] !== undefined) values.set(match[1], unquote(match[2] ?? ""));
  }
  const codename = values.get("VERSION_CODENAME") ?? "";
  return {
    is: "os-release",
    id: clip(values.get("ID")?.toLowerCase() ?? "", 64),
    versionId: clip(values.get("VERSION_ID") ?? "", 64),
    name: clip(values.get("PRETTY_NAME") ?? values.get("NAME") ?? "", 256),
    ...(codename !== "" && { codename: clip(codename, 64) }),
  };
}

function unquote(value: string): string {
  const trimmed = value.trim();
  const quote = trimmed[0];
  const isQuoted = (quote === '"' || quote === "'") && trimmed.length > 1 && trimmed.endsWith(quote);
  return (isQuoted ? trimmed.slice(1, -1) : trimmed).replaceAll(/\\(["'$`\\])/g, "$1");
}

function clip(text: string, lengthMax: number): string {
  return text
    .replaceAll(/[\u0000-\u001f\u007f]/g, "")
    .slice(0, lengthMax)
    .toWellFormed();
}
