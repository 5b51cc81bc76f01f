/** Words that the glossary replaces, as far as they have no other use in our documents. */
const refused =
  /\b(organisations?|workspaces? of a tenant|dashboards? page|agents?|sensors?|brokers?|packets?|waivers?|suppressions?|notifiers?|vulns?|slaves?|principals?|actors?)\b/gi;

/** The refused words of a text, code and the glossary's own third column left out. */
export function refusedWords(text: string): readonly string[] {
  const prose = text
    .replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, "")
    .replaceAll(/^\|.*\|$/gm, (row) => row.split("|").slice(0, -2).join("|"));
  return [...prose.matchAll(refused)].map(([word]) => word.toLowerCase());
}
