/**
 * The language of filter bars: words of the form `field:value` or `label.key=value`, and free text for the rest.
 *
 *   severity:critical fix:yes label.team=payments "openssl 3"
 */
export type FilterField = Readonly<{
  /** What people type before the colon. */
  name: string;
  /** One sentence for the completion list. */
  hint: string;
  /** Known values; other values are refused. Absent: any value. */
  values?: readonly string[];
}>;

export type Filter = Readonly<{
  fields: Readonly<Record<string, readonly string[]>>;
  labels: Readonly<Record<string, string>>;
  text: string;
  /** What was not understood, in sentences for the person who typed it. */
  problems: readonly string[];
}>;

export const filterLengthMax = 512;

type Word = Readonly<{ raw: string; field: string | null; separator: ":" | "=" | null; value: string }>;

/** A word ends at white space outside of quotes. */
const wordPattern = /(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+/gs;
const fieldPattern = /^(?:([A-Za-z][\w-]*)(:)|(label\.[^=":]+)(=))(.*)$/s;

/** Splits what was typed into words; a quoted value may contain spaces. */
function splitWords(typed: string): readonly Word[] {
  return Array.from(typed.slice(0, filterLengthMax).matchAll(wordPattern), ([raw]) => {
    const match = fieldPattern.exec(raw);
    if (match === null) return { raw, field: null, separator: null, value: unquote(raw) };
    const field = match[1] ?? match[3] ?? null;
    return { raw, field, separator: match[2] === ":" ? ":" : "=", value: unquote(match[5] ?? "") };
  });
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  return value.slice(1, value.endsWith('"') && value.length > 1 ? -1 : undefined).replaceAll(/\\(.)/g, "$1");
}

function quote(value: string): string {
  return /[\s"\\]/.test(value) || value === "" ? `"${value.replaceAll(/["\\]/g, "\\$&")}"` : value;
}

export function readFilter(typed: string, fields: readonly FilterField[]): Filter {
  const found: Record<string, string[]> = {};
  const labels: Record<string, string> = {};
  const text: string[] = [];
  const problems: string[] = [];
  for (const word of splitWords(typed)) {
    const known = fields.find(({ name }) => name === word.field);
    if (word.field?.startsWith("label.") && word.value !== "") labels[word.field.slice("label.".length)] = word.value;
    else if (word.separator !== ":" || word.field === null) text.push(word.separator === null ? word.value : word.raw);
    else if (known === undefined) problems.push(unknownField(word.field, fields));
    else {
      const problem = problemOf(word.value, known);
      if (problem === null) (found[known.name] ??= []).push(word.value);
      else problems.push(problem);
    }
  }
  return { fields: found, labels, text: text.join(" "), problems };
}

function problemOf(value: string, field: FilterField): string | null {
  if (value === "") return `${field.name}: needs a value.`;
  return field.values === undefined || field.values.includes(value) ? null : unknownValue(field, value);
}

function unknownField(name: string, fields: readonly FilterField[]): string {
  return `There is no filter “${name}” here. Known are ${fields.map((field) => field.name).join(", ")}; put text with a colon in quotes.`;
}

function unknownValue(field: FilterField, value: string): string {
  return `${field.name} cannot be “${value}”. It is one of ${(field.values ?? []).join(", ")}.`;
}

/** Writes one word so that `readFilter` reads the same field and value back. */
export function writeWord(field: string, value: string): string {
  return field.startsWith("label.") ? `${field}=${quote(value)}` : `${field}:${quote(value)}`;
}

/** Replaces every word of `field` by one with `value`; null removes it. Other words keep their place. */
export function withWord(typed: string, field: string, value: string | null): string {
  const kept = splitWords(typed).filter((word) => word.field !== field);
  const words = kept.map((word) => word.raw);
  return (value === null ? words : [...words, writeWord(field, value)]).join(" ");
}

export type Completion = Readonly<{ word: string; hint: string }>;

export const completionsMax = 8;

/** What may follow at the end of what was typed. */
export function completeFilter(typed: string, fields: readonly FilterField[]): readonly Completion[] {
  const last = /\S*$/.exec(typed)?.[0] ?? "";
  const [name, value] = last.split(":", 2);
  const field = value === undefined ? undefined : fields.find((candidate) => candidate.name === name);
  const all =
    field === undefined
      ? fields.map((candidate) => ({ word: `${candidate.name}:`, hint: candidate.hint }))
      : (field.values ?? []).map((known) => ({ word: `${field.name}:${known}`, hint: field.hint }));
  return all.filter(({ word }) => word.startsWith(last) && word !== last).slice(0, completionsMax);
}

/** Puts a completion in the place of the word being typed. */
export function applyCompletion(typed: string, completion: Completion): string {
  const before = typed.replace(/\S*$/, "");
  return before + completion.word + (completion.word.endsWith(":") ? "" : " ");
}
