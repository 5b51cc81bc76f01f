/** Characters that make a spreadsheet take a cell for a formula. */
const formula = /^[=+\-@\t\r]/;

/** RFC 4180. A cell that a spreadsheet would execute is given as text, by a leading apostrophe. */
export function toCsv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(toCell).join(",")}\r\n`).join("");
}

function toCell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
