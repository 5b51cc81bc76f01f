import type { ExplainedRecord } from "../contract/explanation.ts";
import { fixOf, rangesText, type Stretch } from "./in-range.ts";
import { findStretch, isOfSameBuild, type Standing } from "./match-package.ts";
import type { Statement } from "./prepare-knowledge.ts";

/** `fixPlace` orders the fixes of several records; -1 without a fix. */
export type Explained = Readonly<{ record: ExplainedRecord; fixVersion: string | null; fixPlace: number }>;

type Said = Pick<ExplainedRecord, "verdict" | "comparison"> & Readonly<{ stretch?: Stretch | undefined }>;

/** What one record says about a version, and the comparison that led to it. */
export function explainRecord(statement: Statement, standing: Standing): Explained {
  const { advisory } = statement.knowledge;
  const { stretch, ...said } = sayOf(statement, standing);
  return {
    record: {
      recordId: advisory.id,
      source: advisory.source,
      range: rangesText(statement.ranked).slice(0, 4_096),
      ...said,
    },
    fixVersion: stretch === undefined ? null : fixOf(stretch),
    fixPlace: stretch?.end?.kind === "fixed" ? stretch.to : -1,
  };
}

function sayOf(statement: Statement, standing: Standing): Said {
  const { advisory, affected } = statement.knowledge;
  const { version, place, isVersion } = standing;
  if (advisory.withdrawnAt !== undefined)
    return { verdict: "withdrawn", comparison: `withdrawn on ${advisory.withdrawnAt.slice(0, 10)}` };
  if (affected.isNeverAffected)
    return { verdict: "never-affected", comparison: "the vendor states that no version is affected" };
  if (!isOfSameBuild(statement, standing))
    return { verdict: "not-affected", comparison: otherBuild(statement, standing) };
  const listed = statement.ranked.exact.get(place);
  if (listed !== undefined) return { verdict: "affected", comparison: `${version} is listed as affected` };
  if (!isVersion)
    return { verdict: "unreadable-version", comparison: `"${version}" is no version that could be compared` };
  const stretch = findStretch(statement, standing);
  return stretch === undefined
    ? outside(statement, standing)
    : { verdict: "affected", comparison: inside(stretch, version), stretch };
}

function inside({ end, since }: Stretch, version: string): string {
  const came = since === "0" ? "" : `${version} is ${since} or newer, where the flaw came in`;
  const ended =
    end === null
      ? ""
      : end.kind === "fixed"
        ? `${version} is older than the fix ${end.version}`
        : `${version} is not newer than ${end.version}, the last affected version`;
  return [came, ended].filter((part) => part !== "").join(", and ") || "every version is affected";
}

/** The nearest stretch below the version tells why it is over, else the first one why it has not begun. */
function outside({ ranked }: Statement, { version, place }: Standing): Said {
  const over = ranked.stretches.filter(({ to }) => place >= to).toSorted((left, right) => right.to - left.to)[0];
  if (over?.end?.kind === "fixed")
    return { verdict: "fixed", comparison: `${version} has the fix of ${over.end.version}`, stretch: over };
  if (over?.end !== undefined && over.end !== null)
    return {
      verdict: "not-affected",
      comparison: `${version} is newer than ${over.end.version}, the last affected version`,
    };
  const [first] = ranked.stretches;
  if (first !== undefined)
    return { verdict: "not-affected", comparison: `${version} is older than ${first.since}, where the flaw came in` };
  return { verdict: "not-affected", comparison: `${version} is not among the listed versions` };
}

function otherBuild({ build }: Statement, { version, isModule, stream }: Standing): string {
  const speaksOf =
    build?.isModule === true ? `the module ${build.streams.join(", ")}`.trim() : "the package outside of modules";
  const installed = isModule ? `built for ${stream ?? "a module"}` : "not built for a module";
  return `the record is about ${speaksOf}, and ${version} is ${installed}`;
}
