import type { WrittenFinding } from "../../core/plan-findings.ts";

/** What many rows say alike, said once; each row says the number of its word, counted from 1. */
type Words<Word> = Readonly<{ words: readonly Word[]; numbers: readonly number[] }>;

/**
 * Findings of one batch are mostly about the same packages and decided alike, so that a row comes down to its id and four
 * numbers: writing, sending and reading the same words tens of thousands of times would cost more than the rows.
 */
export function wordsOf(written: readonly WrittenFinding[]): Readonly<{
  matches: Words<string>;
  places: Words<object>;
  verdicts: Words<object>;
}> {
  return {
    matches: toWords(
      written,
      ({ finding }) => finding.match.id,
      ({ finding }) => finding.match.id,
    ),
    places: toWords(written, placeText, ({ finding }, n) => {
      const { purl, path, layer, binaryPackages } = finding;
      return { n, purl, path, layer, binaries: binaryPackages };
    }),
    verdicts: toWords(written, verdictText, ({ effect, ruleName, blockFrom, reportedRules }, n) => {
      return { n, effect, rule: ruleName, block: blockFrom, reported: reportedRules };
    }),
  };
}

/** Rows with the same text have the same word. */
export function toWords<Row, Word>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
  wordOf: (row: Row, number: number) => Word,
): Words<Word> {
  const known = new Map<string, number>();
  const words: Word[] = [];
  const numbers = rows.map((one) => {
    const text = textOf(one);
    const number = known.get(text) ?? words.push(wordOf(one, words.length + 1));
    known.set(text, number);
    return number;
  });
  return { words, numbers };
}

function placeText({ finding: { purl, path, layer, binaryPackages } }: WrittenFinding): string {
  return [purl, path, layer, ...binaryPackages].join("\n");
}

function verdictText({ effect, ruleName, blockFrom, reportedRules }: WrittenFinding): string {
  return [effect, ruleName, blockFrom?.getTime(), ...reportedRules].join("\n");
}
