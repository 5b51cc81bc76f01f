import { isDigit, orderDigits, orderLists, orderText, schemeOf } from "./scheme.ts";

/** PEP 440, in the order in which its parts decide. */
type Pypi = Readonly<{
  epoch: string;
  release: readonly string[];
  /** Rank of alpha, beta, rc; -1 = only a development release; 3 = a release. */
  phase: number;
  phaseNumber: string;
  post: string | null;
  dev: string | null;
  local: readonly string[];
}>;

const pattern =
  /^\s*v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|beta|preview|pre|a|b|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$/i;

const phases: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };
const released = 3;

function parse(text: string): Pypi | null {
  const found = pattern.exec(text);
  if (found?.[2] === undefined) return null;
  const [, epoch = "0", release, phase, phaseNumber, dashedPost, namedPost, dev, local] = found;
  const post = dashedPost ?? namedPost;
  const isDevelopment = post === undefined && dev !== undefined;
  return {
    epoch,
    release: release.split("."),
    phase: phaseOf(phase, isDevelopment),
    phaseNumber: phaseNumber || "0",
    post: numberOf(post),
    dev: numberOf(dev),
    local: local?.toLowerCase().split(/[-_.]/) ?? [],
  };
}

/** A development release of a release comes before its first alpha. */
function phaseOf(phase: string | undefined, isDevelopment: boolean): number {
  if (phase !== undefined) return phases[phase.toLowerCase()] ?? released;
  return isDevelopment ? -1 : released;
}

/** `1.0.post` means `1.0.post0`. */
function numberOf(digits: string | undefined): string | null {
  return digits === undefined ? null : digits || "0";
}

function orderLocal(left: string, right: string): number {
  if (left === "" || right === "") return Number(left !== "") - Number(right !== "");
  const leftDigits = isDigit(left[0]) && /^\d+$/.test(left);
  const rightDigits = isDigit(right[0]) && /^\d+$/.test(right);
  if (leftDigits && rightDigits) return orderDigits(left, right);
  if (leftDigits !== rightDigits) return leftDigits ? 1 : -1;
  return orderText(left, right);
}

/** Orders an optional number where its absence comes first (`post`) or last (`dev`). */
function orderOptional(left: string | null, right: string | null, absent: "first" | "last"): number {
  if (left !== null && right !== null) return orderDigits(left, right);
  const result = Number(left !== null) - Number(right !== null);
  return absent === "first" ? result : -result;
}

export const pypi = schemeOf(
  parse,
  (left, right) =>
    orderDigits(left.epoch, right.epoch) ||
    orderLists(left.release, right.release, "0", orderDigits) ||
    left.phase - right.phase ||
    orderDigits(left.phaseNumber, right.phaseNumber) ||
    orderOptional(left.post, right.post, "first") ||
    orderOptional(left.dev, right.dev, "last") ||
    orderLists(left.local, right.local, "", orderLocal),
);
