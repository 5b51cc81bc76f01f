const folders = /^(apps|deploy|packages|prisma|test|workers)\//;
const placeholder = /[<>*…]|NNNN/;

/** The paths of this repository that a document names in code marks. */
export function namedPaths(text: string): readonly string[] {
  const marked = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
  return marked.filter((code) => folders.test(code) && !code.includes(" ") && !placeholder.test(code));
}

export function missingPaths(text: string, exists: (path: string) => boolean): readonly string[] {
  return namedPaths(text).filter((path) => !exists(path));
}

/** Relative links that lead nowhere. */
export function brokenLinks(text: string, exists: (link: string) => boolean): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^[a-z]+:/.test(link) && !exists(link));
}
