/** Which language a file tells of, judged by its path alone. */
export type LanguageFile = "npm" | "python" | "java";

const installedModule = /(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@][^/]*\/package\.json$/;
const javaArchive = /\.(?:jar|war|ear)$/i;

/** Called for every path of an image, so the last letters decide before any pattern is tried. */
export function languageFileAt(path: string): LanguageFile | null {
  switch (path.charCodeAt(path.length - 1)) {
    case 0x6e: // package.json
      return path.endsWith("/package.json") && installedModule.test(path) ? "npm" : null;
    case 0x41: // METADATA
      return path.endsWith(".dist-info/METADATA") ? "python" : null;
    case 0x4f: // PKG-INFO
      return path.endsWith(".egg-info/PKG-INFO") || path.endsWith("EGG-INFO/PKG-INFO") ? "python" : null;
    case 0x6f: // x.egg-info, when it is a file
      return path.endsWith(".egg-info") ? "python" : null;
    case 0x72: // .jar .war .ear
    case 0x52:
      return javaArchive.test(path) ? "java" : null;
    default:
      return null;
  }
}

export function isLanguageFile(path: string): boolean {
  return languageFileAt(path) !== null;
}
