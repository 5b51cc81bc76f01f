import { BadEntry, type TextChunks } from "./feed-entry.ts";

/** One row of a table is never this long. */
const rowCharsMax = 1024 ** 2;
const cellsMax = 1_000;

/** Rows of RFC 4180 text: quoted cells may hold commas, quotes (doubled) and line ends. */
export async function* csvRows(
  chunks: TextChunks,
): AsyncGenerator<Readonly<{ number: number; cells: readonly string[] }>> {
  let rest = "";
  let number = 0;
  for await (const chunk of chunks) {
    rest += chunk;
    for (let end = endOfRow(rest); end >= 0; end = endOfRow(rest)) {
      number += 1;
      yield { number, cells: cellsOf(rest.slice(0, end), number) };
      rest = rest.slice(end + 1);
    }
    if (rest.length > rowCharsMax) throw new BadEntry(`row ${number + 1}`, "is longer than a row may be");
  }
  if (rest.trim() !== "") yield { number: number + 1, cells: cellsOf(rest, number + 1) };
}

/** The first line end outside of quotes; -1 when the row is not complete yet. */
function endOfRow(text: string): number {
  let from = 0;
  for (;;) {
    const end = text.indexOf("\n", from);
    if (end < 0) return -1;
    const quoteAt = text.indexOf('"', from);
    if (quoteAt < 0 || quoteAt > end) return end;
    const closing = text.indexOf('"', quoteAt + 1);
    if (closing < 0) return -1;
    from = closing + 1;
  }
}

function cellsOf(row: string, number: number): readonly string[] {
  const cells: string[] = [];
  const text = row.endsWith("\r") ? row.slice(0, -1) : row;
  for (let at = 0; at <= text.length;) {
    const { cell, next } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    cells.push(cell);
    at = next;
    if (cells.length > cellsMax) throw new BadEntry(`row ${number}`, "has too many columns");
  }
  return cells;
}

function plainCell(text: string, at: number): { cell: string; next: number } {
  const comma = text.indexOf(",", at);
  const end = comma < 0 ? text.length : comma;
  return { cell: text.slice(at, end), next: end + 1 };
}

function quotedCell(text: string, at: number): { cell: string; next: number } {
  let end = text.indexOf('"', at + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  const closing = end < 0 ? text.length : end;
  const comma = text.indexOf(",", closing);
  return { cell: text.slice(at + 1, closing).replaceAll('""', '"'), next: comma < 0 ? text.length + 1 : comma + 1 };
}
