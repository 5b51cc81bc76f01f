import type { FoundPackage } from "../../layers/layer-result.ts";
import { within } from "./byte-ranges.ts";
import type { ByteRange, ProgramPlan } from "./byte-ranges.ts";
import { Capture } from "./capture.ts";
import { goAlignment, goInfoBytesMax, goMarker, readGoBuildInfo } from "./go-build-info.ts";
import { GoMarks, isGoProgram, mayBeGoProgram } from "./go-marks.ts";
import { WindowSearch } from "./window-search.ts";

export type Built = Readonly<{ packages: readonly FoundPackage[]; problem?: string }>;

export type GoSearch = Readonly<{
  write(bytes: Buffer, at: number): void;
  /** Where it still has to look; null for everywhere. */
  wanted(): readonly ByteRange[] | null;
  isGo(): boolean;
  read(): Built;
}>;

/** Looks for what Go put into a program: build info in its data, else the marks around its list of modules. */
export function searchGo(head: Buffer, plan: ProgramPlan | null): GoSearch {
  const marks = mayBeGoProgram(head) ? new GoMarks() : null;
  const isNamed = isGoProgram(head);
  let info: Capture | null = null;
  const searches = (plan?.goData ?? []).map((range) => {
    const search = new WindowSearch(goMarker.length + goAlignment, (window, at) => {
      const found = markerIn(window, at);
      if (found === null) return false;
      info = new Capture({ from: found, to: Math.min(found + goInfoBytesMax, range.to) });
      info.write(window, at);
      return true;
    });
    return { range, search };
  });
  return {
    write(bytes, at) {
      if (info === null) {
        marks?.write(bytes, at);
        for (const { range, search } of searches) search.write(within(bytes, at, range), Math.max(at, range.from));
      }
      info?.write(bytes, at);
    },
    wanted() {
      if (info !== null) return [info.range];
      return marks === null ? searches.map(({ range }) => range) : null;
    },
    isGo: () => info !== null || isNamed || marks?.hasList === true,
    read() {
      const built = info === null ? null : readGoBuildInfo(info.bytes());
      if (built !== null && built.packages.length > 0) return built;
      const listed = marks?.read() ?? [];
      return listed.length > 0 ? { packages: listed } : { packages: [], problem: built?.problem ?? silence };
    },
  };
}

const silence = "a Go program that says neither its version nor its modules";

/** Programs that read build info themselves hold the marker as text, where it lies at no such place. */
function markerIn(window: Buffer, at: number): number | null {
  for (let found = window.indexOf(goMarker); found !== -1; found = window.indexOf(goMarker, found + 1)) {
    if ((at + found) % goAlignment === 0) return at + found;
  }
  return null;
}
