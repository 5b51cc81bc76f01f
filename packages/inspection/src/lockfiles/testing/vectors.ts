import { normalName } from "../../readers/python.ts";
import { readVector, readVectorArchive } from "../../testing/vectors.ts";
import { fileNameByFormat } from "./formats.data.ts";

/** One published case: a fixture, and the packages that another reader finds in it; null where it finds it damaged. */
export type LockfileCase = Readonly<{ id: string; path: string; bytes: Buffer; expected: readonly string[] | null }>;
type Named = Readonly<{ name: string; version: string }>;
type Expectation = Readonly<{ file: string; packages: readonly Named[] | null; error?: boolean }>;

const fixtureFolder = /^extractor\/filesystem\/language\/(.+?)\/testdata\/(.+)$/;

/** All cases of formats that are read here. Packages without a version are told of, not found; they are left out. */
export function lockfileCases(): LockfileCase[] {
  const fixtures = readVectorArchive("lockfiles/osv-scalibr.fixtures.tar.gz");
  const lines = readVector("lockfiles/osv-scalibr.expected.jsonl").toString("utf8").trim().split("\n");
  return lines.flatMap((line) => {
    // The vectors are written by us and always of this form.
    const { file, packages, error } = JSON.parse(line) as Expectation;
    const [, format = "", name] = fixtureFolder.exec(file) ?? [];
    const path = fileNameByFormat[format];
    const bytes = fixtures.get(file);
    if (path === undefined || bytes === undefined) return [];
    const expected = (packages ?? []).filter(({ version }) => version !== "").map((found) => packageKey(path, found));
    return [{ id: `${format}/${name}`, path, bytes, expected: error === true ? null : expected }];
  });
}

/** Python has several spellings of one name. */
export function packageKey(path: string, { name, version }: Named): string {
  const isPython = /requirements|Pipfile|poetry|pdm|uv|pylock/.test(path);
  return `${isPython ? normalName(name) : name}@${version}`;
}
