/**
 * Reads `Field: value` paragraphs parted by empty lines, keeping only the first line of wanted fields.
 * Works line by line on the text, so that a status file of many megabytes costs no copies of it.
 */
export function* readStanzas(bytes: Buffer, wanted: ReadonlySet<string>): Generator<ReadonlyMap<string, string>> {
  const text = bytes.toString("utf8");
  let stanza = new Map<string, string>();
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    if (isBlank(text, start, end)) {
      if (stanza.size > 0) yield stanza;
      stanza = new Map();
    } else addField(stanza, wanted, text.slice(start, end));
    start = end + 1;
  }
  if (stanza.size > 0) yield stanza;
}

function isBlank(text: string, start: number, end: number): boolean {
  return end === start || (end === start + 1 && text[start] === "\r");
}

function addField(stanza: Map<string, string>, wanted: ReadonlySet<string>, line: string): void {
  const colon = line.indexOf(":");
  if (colon === -1) return;
  const field = line.slice(0, colon);
  if (wanted.has(field) && !stanza.has(field)) stanza.set(field, line.slice(colon + 1).trim());
}
