import { endOfLifeOf, type OsRelease } from "@rampart/inspection/contract";
import type { LeftOut, ResourceSummary } from "@rampart/vulnerabilities/contract";

type Caution = Readonly<{ code: string; message: string }>;

type Known = Readonly<{
  os: OsRelease | null;
  /** Absent before the first comparison. */
  summary: ResourceSummary | undefined;
  leftOut: readonly LeftOut[];
  now: Date;
}>;

/** What must be known before findings are believed: nothing loaded to compare with, no repairs any more, findings left out. */
export function cautionsOf({ os, summary, leftOut, now }: Known): readonly Caution[] {
  const end = endOfLifeOf(os, now);
  return [
    ...(summary?.unsupportedOs === true ? [{ code: "unsupported-os", message: nothingLoaded(os) }] : []),
    ...(end?.isOver === true ? [{ code: "end-of-life", message: end.sentence }] : []),
    ...leftOut.map(({ reason, sentence, packages }) => ({
      code: `left-out-${reason}`,
      message: `${sentence} Packages: ${packages.join(", ")}.`,
    })),
  ];
}

function nothingLoaded(os: OsRelease | null): string {
  const name = os === null || os.name === "" ? "this distribution" : os.name;
  return `No advisories for ${name} are loaded, so nobody can say what is wrong with its packages. Manage > Intelligence says what is loaded.`;
}
