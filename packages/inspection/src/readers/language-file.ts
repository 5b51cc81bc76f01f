/** Which language a file tells of, judged by its path alone. */
export type LanguageFile = "npm" | "python" | "java" | "gem" | "composer" | "dotnet" | "javaRelease" | "bitnami";

const installedModule = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/;
const installedGem = /(?:^|\/)specifications\/(?:default\/)?[^/]+\.gemspec$/;
const composerInstalled = /(?:^|\/)composer\/installed\.json$/;
const bitnamiComponent = /(?:^|\/)opt\/bitnami\/(?:[^/]+\/)?\.spdx-[^/]+\.spdx$/;
const javaArchive = /\.(?:jar|war|ear)$/i;

/** Called for every path of an image, so the last letters decide before any pattern is tried. */
export function languageFileAt(path: string): LanguageFile | null {
  switch (path.charCodeAt(path.length - 1)) {
    case 0x6e: // package.json, installed.json, x.deps.json
      return jsonFileAt(path);
    case 0x63: // x.gemspec
      return path.endsWith(".gemspec") && installedGem.test(path) ? "gem" : null;
    case 0x65: // release
      return path.endsWith("/release") ? "javaRelease" : null;
    case 0x41: // METADATA
      return path.endsWith(".dist-info/METADATA") ? "python" : null;
    case 0x4f: // PKG-INFO
      return path.endsWith(".egg-info/PKG-INFO") || path.endsWith("EGG-INFO/PKG-INFO") ? "python" : null;
    case 0x6f: // x.egg-info, when it is a file
      return path.endsWith(".egg-info") ? "python" : null;
    case 0x78: // .spdx-x.spdx
      return path.endsWith(".spdx") && bitnamiComponent.test(path) ? "bitnami" : null;
    case 0x72: // .jar .war .ear
    case 0x52:
      return javaArchive.test(path) ? "java" : null;
    default:
      return null;
  }
}

function jsonFileAt(path: string): LanguageFile | null {
  if (path.endsWith("/package.json")) return installedModule.test(path) ? "npm" : null;
  if (path.endsWith(".deps.json")) return "dotnet";
  return path.endsWith("installed.json") && composerInstalled.test(path) ? "composer" : null;
}

export function isLanguageFile(path: string): boolean {
  return languageFileAt(path) !== null;
}
