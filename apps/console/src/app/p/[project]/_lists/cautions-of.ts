import { endOfLifeOf, type OsRelease } from "@rampart/inspection/contract";
import type { LeftOut } from "@rampart/vulnerabilities/contract";

type Caution = Readonly<{ code: string; message: string }>;

/** What must be known before findings are believed: a distribution that nobody repairs any more, findings left out. */
export function cautionsOf(os: OsRelease | null, leftOut: readonly LeftOut[], now: Date): readonly Caution[] {
  const end = endOfLifeOf(os, now);
  return [
    ...(end?.isOver === true ? [{ code: "end-of-life", message: end.sentence }] : []),
    ...leftOut.map(({ reason, sentence, packages }) => ({
      code: `left-out-${reason}`,
      message: `${sentence} Packages: ${packages.join(", ")}.`,
    })),
  ];
}
