/** Folders of a distribution that hold documents, names and pictures by the ten thousand, never a program. */
const withoutPrograms =
  /^usr\/(?:include|src|share\/(?:doc|man|info|locale|icons|fonts|zoneinfo|vim|perl|perl5|emacs|i18n|nodejs|help|lintian|bash-completion|zsh|fish|mime|themes|X11|bug|groff|licenses|common-licenses|javascript|cmake|python3|ri))\//;
const programEndings: ReadonlySet<string> = new Set(["so", "exe", "bin", "node", "dylib", "run", "elf", "smp"]);
/** Git keeps its objects under names without endings, a hundred thousand of them. */
const gitFolder = "/.git/";
/** LICENSE, README, METADATA: as good as the only names without an ending inside packages of languages. */
const document = /^[A-Z][A-Z_-]*$/;

/**
 * True when a file could be a program or shared library, judged by its path alone; its first bytes decide later.
 * Called for every path of an image and of its packages' file lists.
 */
export function mayBeProgram(path: string): boolean {
  const slash = path.lastIndexOf("/");
  const dot = path.lastIndexOf(".");
  if (dot > slash && !isProgramEnding(path, dot + 1)) return false;
  if (withoutPrograms.test(path) || path.includes(gitFolder)) return false;
  return dot > slash || !document.test(path.slice(slash + 1));
}

/** `libz.so`, `libz.so.1.2`, `python3.11`, `kubectl-v1.29.0`, `tool_1.2.3_linux_amd64`. */
function isProgramEnding(path: string, at: number): boolean {
  const first = path.charCodeAt(at);
  return (first >= 0x30 && first <= 0x39) || programEndings.has(path.slice(at));
}
