/** Folders of a repository that hold what tools fetched or made; their own lock files declare nothing of ours. */
export const fetchedFolders: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  ".gradle",
  ".terraform",
  ".tox",
  ".venv",
  "__pycache__",
  "bower_components",
  "dist-packages",
  "node_modules",
  "site-packages",
]);
