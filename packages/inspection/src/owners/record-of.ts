const nodeFolder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/@][^/]*(?=\/)/s;
const gemFolder = /^((?:.*\/)?)gems\/([^/]+-\d[^/]*)\//s;
const gemExtension = /^((?:.*\/)?)extensions\/[^/]+\/[^/]+\/([^/]+-\d[^/]*)\//s;
const javaArchive = /\.(?:jar|war|ear)$/i;
const javaRuntime = /^((?:.*\/)?)bin\/java$/s;
const pathLengthMax = 4096;

/**
 * The files by which an inventory would know the language package that a file belongs to, judged by its path alone. Who
 * asks knows which of them exist: paths that no inventory has match nothing.
 */
export function recordsOf(path: string): string[] {
  if (path.length > pathLengthMax) return [];
  if (javaArchive.test(path)) return [path];
  const module = nodeFolder.exec(path)?.[0];
  if (module !== undefined) return [`${module}/package.json`];
  const java = javaRuntime.exec(path)?.[1];
  if (java !== undefined) return [`${java}release`];
  const [, before = "", gem] = gemExtension.exec(path) ?? gemFolder.exec(path) ?? [];
  if (gem === undefined) return [];
  return [`${before}specifications/${gem}.gemspec`, `${before}specifications/default/${gem}.gemspec`];
}
