export type VerbFile = Readonly<{
  path: string;
  text: string;
  /** The text of every test of the verb's area that names the verb. */
  tests: string;
  /** What the linter says about its permission and its audit entry. */
  findings: readonly string[];
}>;
export type VerbMeasure = Readonly<{ path: string; missing: readonly string[] }>;

/** Areas whose rows belong to the installation: there is no other project to look into. */
const installationAreas = /^packages\/areas\/(tenancy|identity)\//;
const seesNoOtherProject = /(another|foreign|other) project/i;
const refusesWithout = /without (the |a |its )?permission/i;

/** What each write verb lacks of permission, audit entry and its compulsory tests. */
export function measureWriteVerbs(verbs: readonly VerbFile[]): readonly VerbMeasure[] {
  return verbs.filter(isWriting).map(({ path, text, tests, findings }) => ({
    path,
    missing: [
      ...findings,
      ...(asksPermission(text) && !refusesWithout.test(tests) ? ["test: refuses without permission"] : []),
      ...(installationAreas.test(path) || seesNoOtherProject.test(tests) ? [] : ["test: does not see another project"]),
    ],
  }));
}

/** A unit of work that records, is exempt from recording, or should record; the rest only reads. */
function isWriting({ text, findings }: VerbFile): boolean {
  return /\bctx\.unit\b/.test(text) && (/\baudit\b|write-verb-audits/.test(text) || findings.length > 0);
}

function asksPermission(text: string): boolean {
  return /\bctx\.require\(/.test(text);
}
