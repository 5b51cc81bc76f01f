export type VerbFile = Readonly<{ path: string; text: string; tests: string }>;
export type VerbMeasure = Readonly<{ path: string; missing: readonly string[] }>;

/** Areas whose rows belong to the installation: there is no other project to look into. */
const installationAreas = /^packages\/areas\/(tenancy|identity)\//;

/**
 * What each write verb lacks of permission, audit entry and its compulsory tests. `tests` is the text of every test of
 * the verb's area that names the verb. What the linter exempts for a written reason is not missing.
 */
export function measureWriteVerbs(verbs: readonly VerbFile[]): readonly VerbMeasure[] {
  return verbs
    .filter(({ text }) => /\bctx\.unit\b/.test(text))
    .map(({ path, text, tests }) => ({
      path,
      missing: [
        ...(has(text, /\bctx\.require\(/, "verb-checks-permission") ? [] : ["permission"]),
        ...(has(text, /\baudit\.record\(/, "write-verb-audits") ? [] : ["audit entry"]),
        ...(refusesWithoutPermission(text, tests) ? [] : ["test: refuses without permission"]),
        ...(installationAreas.test(path) || seesNoOtherProject.test(tests)
          ? []
          : ["test: does not see another project"]),
      ],
    }));
}

const seesNoOtherProject = /(another|foreign|other) project/i;

function has(text: string, wanted: RegExp, rule: string): boolean {
  return wanted.test(text) || new RegExp(`oxlint-disable-next-line [^\\n]*rampart/${rule}[^\\n]* -- \\S`).test(text);
}

function refusesWithoutPermission(text: string, tests: string): boolean {
  return (
    !/\bctx\.require\(/.test(text) ||
    /refuse[sd]?\b.*without (the |a )?permission|without (the |a )?permission.*refuse/i.test(tests)
  );
}
