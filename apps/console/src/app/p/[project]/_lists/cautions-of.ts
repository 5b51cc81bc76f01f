import { endOfLifeOf, type OsRelease } from "@rampart/inspection/contract";

type Caution = Readonly<{ code: string; message: string }>;

/** What must be known before findings are believed: that nobody repairs the distribution any more. */
export function cautionsOf(os: OsRelease | null, now: Date): readonly Caution[] {
  const end = endOfLifeOf(os, now);
  return end?.isOver === true ? [{ code: "end-of-life", message: end.sentence }] : [];
}
