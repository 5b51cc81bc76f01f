import type { FindingState } from "../contract/finding-state.ts";

/** Words by which vendors say what they will do, and how we show them. Words that are not here are shown as they are. */
const words: Readonly<Record<string, Readonly<{ state: FindingState; text: string }>>> = {
  "fix not planned": { state: "will-not-fix", text: "will not fix" },
  "not planned": { state: "will-not-fix", text: "will not fix" },
  "will not fix": { state: "will-not-fix", text: "will not fix" },
  wontfix: { state: "will-not-fix", text: "will not fix" },
  ignored: { state: "will-not-fix", text: "will not fix" },
  unimportant: { state: "will-not-fix", text: "will not fix" },
  "end of life": { state: "will-not-fix", text: "end of life" },
  "out of support scope": { state: "will-not-fix", text: "out of support scope" },
  pending: { state: "pending", text: "fix pending" },
  "pending upstream fix": { state: "pending", text: "pending upstream fix" },
  deferred: { state: "pending", text: "deferred" },
  "fix deferred": { state: "pending", text: "deferred" },
  postponed: { state: "pending", text: "postponed" },
  needed: { state: "pending", text: "needed" },
  "needs triage": { state: "pending", text: "needs triage" },
  "in progress": { state: "pending", text: "in progress" },
  "under investigation": { state: "pending", text: "under investigation" },
  undetermined: { state: "pending", text: "undetermined" },
  affected: { state: "affected", text: "affected" },
  open: { state: "affected", text: "affected" },
  detection: { state: "affected", text: "affected" },
  "true positive determination": { state: "affected", text: "affected" },
};

const notAffected = new Set(["not affected", "known not affected", "false positive determination"]);

function plain(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replace(/[-_\s]+/g, " ");
}

/** The vendor's word as findings show it. */
export function statusText(word: string | null): string {
  return word === null ? "affected" : (words[plain(word)]?.text ?? plain(word));
}

/** True when the word says that the package is not affected at all. */
export function saysNotAffected(word: string): boolean {
  return notAffected.has(plain(word));
}

/** Every text under which findings of a state without a fix are shown, for filters. */
export function textsOf(state: FindingState): readonly string[] {
  return [...new Set(Object.values(words).flatMap((word) => (word.state === state ? [word.text] : [])))];
}
