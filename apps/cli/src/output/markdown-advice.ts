import { blockedBy, cannotTell, type ScanReport } from "../scan/report.ts";
import { markdownText } from "./markdown-text.ts";

const updatesShown = 10;
const textMax = 120;

/** What somebody has to do so that the gate opens; nothing when it is open. */
export function adviceLines(report: ScanReport): string[] {
  const blocked = blockedBy(report);
  const fixed = blocked.flatMap(({ packageName, fixVersion }) =>
    fixVersion === null
      ? []
      : [`Update ${markdownText(packageName, textMax)} to ${markdownText(fixVersion, textMax)}.`],
  );
  const updates = [...new Set(fixed)];
  const unfixed = blocked.length - fixed.length;
  return [
    ...updates.slice(0, updatesShown),
    ...(updates.length > updatesShown
      ? [`${updates.length - updatesShown} more updates stop other blocked findings.`]
      : []),
    ...(unfixed > 0 ? [`Blocked without a fix: ${unfixed}. Replace the package, or ask for an exception.`] : []),
    ...(cannotTell(report) ? ["Mend what the warnings below name, then scan again."] : []),
  ];
}
