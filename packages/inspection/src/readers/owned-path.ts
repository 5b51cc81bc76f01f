import { isLanguageFile } from "./language-file.ts";
import { mayBeProgram } from "./programs/program-path.ts";
import { mayHoldSecrets } from "./secrets/secret-path.ts";

/** Files of an OS package that are worth remembering: those that would tell of packages, or hold secrets. */
export function isWorthOwning(path: string): boolean {
  return isLanguageFile(path) || mayBeProgram(path) || mayHoldSecrets(path);
}
