import { isLanguageFile } from "./language-file.ts";
import { mayBeProgram } from "./programs/program-path.ts";

/** Files of an OS package that are worth remembering: those that would tell of packages of their own. */
export function isWorthOwning(path: string): boolean {
  return isLanguageFile(path) || mayBeProgram(path);
}
