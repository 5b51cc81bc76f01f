import { orderDigits, orderLists, schemeOf } from "./scheme.ts";

/** What the kernel itself is called: 6.1, 6.1.12, 6.2-rc3; whatever a builder adds behind it says nothing about age. */
type Kernel = Readonly<{ numbers: readonly string[]; candidate: string | null }>;

function parse(text: string): Kernel | null {
  const found = /^\s*v?(\d+(?:\.\d+)+)(?:-rc(\d+))?(?:[-+_~ ].*)?$/.exec(text);
  return found?.[1] === undefined ? null : { numbers: found[1].split("."), candidate: found[2] ?? null };
}

/** 6.2 and 6.2.0 are one version; a release candidate comes before what it became. */
function order(left: Kernel, right: Kernel): number {
  const byNumber = orderLists(left.numbers, right.numbers, "0", orderDigits);
  if (byNumber !== 0) return byNumber;
  if (left.candidate === null || right.candidate === null) {
    return Number(left.candidate === null) - Number(right.candidate === null);
  }
  return orderDigits(left.candidate, right.candidate);
}

export const kernel = schemeOf(parse, order);
