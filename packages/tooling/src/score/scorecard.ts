import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { cruise } from "../cruise.ts";
import { lintFindings } from "../lint-findings.ts";
import { isTest, listSources, repositoryRoot } from "../repository.ts";
import { runCommand } from "../run-command.ts";
import { measureFunctions } from "./measure-functions.ts";
import { measureWriteVerbs } from "./measure-verbs.ts";
import { median, percentile, placesOf } from "./places-of-commit.ts";

/** One line of the table: what is measured, what it is now, what it may be, and where it is broken. */
export type Row = Readonly<{ what: string; now: number; limit: number; atLeast?: true; where: readonly string[] }>;

export function holds({ now, limit, atLeast }: Row): boolean {
  return atLeast ? now >= limit : now <= limit;
}

const limits = {
  linesOfFileMax: 500,
  p90OfFiles: 180,
  linesOfFunctionMax: 70,
  linesOfComponentMax: 200,
  placesOfChange: 4,
};
const commitsLookedAt = 200;
const transport = /^packages\/(areas\/[^/]+\/src\/rim\/(router|rest|jobs)\b|api\/)|^apps\/console\/src\/app\//;
const query = /\.(findMany|findUnique|findFirst|createMany|updateMany|deleteMany|upsert|\$queryRaw|\$executeRaw)\b/;
const refusedNames = /(^|[/.-])(utils?|helpers?|common|misc|services?|managers?)([/.-]|$)/;

const ritualRules = /^rampart\((verb-checks-permission|write-verb-audits)\)$/;

type Source = Readonly<{ path: string; text: string; lines: number }>;

/** Measures the working tree. Takes a few seconds; needs no database. */
export async function measureScorecard(): Promise<readonly Row[]> {
  const sources = listSources().map(readSource);
  const [boundaries, changes, verbs] = await Promise.all([rowsOfBoundaries(), rowOfChanges(), rowOfVerbs(sources)]);
  return [...rowsOfSizes(sources), await rowOfFunctions(), ...boundaries, ...rowsOfHabits(sources), changes, verbs];
}

function readSource(path: string): Source {
  const text = readFileSync(join(repositoryRoot, path), "utf8");
  return { path, text, lines: text.trimEnd().split("\n").length };
}

function rowsOfSizes(sources: readonly Source[]): readonly Row[] {
  const code = sources.filter(({ path }) => !path.endsWith(".data.ts"));
  const long = code.filter(({ lines }) => lines > limits.linesOfFileMax);
  const lines = code.map((source) => source.lines);
  const tail = code.filter((source) => source.lines > limits.p90OfFiles);
  return [
    { what: `lines in files over ${limits.linesOfFileMax}`, now: sum(long), limit: 0, where: pathsOf(long) },
    {
      what: "lines of the file at the 90th percentile",
      now: percentile(lines, 0.9),
      limit: limits.p90OfFiles,
      where: pathsOf(tail),
    },
  ];
}

async function rowOfFunctions(): Promise<Row> {
  const functions = await measureFunctions(["apps", "deploy", "packages", "prisma", "workers"]);
  const long = functions.filter(
    ({ path, lines }) =>
      !isTest(path) && lines > (path.endsWith(".tsx") ? limits.linesOfComponentMax : limits.linesOfFunctionMax),
  );
  const where = long.map(({ path, line, lines }) => `${path}:${line} (${lines})`);
  return {
    what: `functions over ${limits.linesOfFunctionMax} lines (components ${limits.linesOfComponentMax})`,
    now: long.length,
    limit: 0,
    where,
  };
}

async function rowsOfBoundaries(): Promise<readonly Row[]> {
  const { violations } = await cruise();
  const cycles = violations.filter(({ rule }) => rule === "no-cycles");
  return [
    { what: "import cycles", now: cycles.length, limit: 0, where: cycles.map(({ from, to }) => `${from} -> ${to}`) },
    {
      what: "boundary findings open",
      now: violations.length,
      limit: 0,
      where: violations.map(({ rule, from, to }) => `${rule}: ${from} -> ${to}`),
    },
  ];
}

function rowsOfHabits(sources: readonly Source[]): readonly Row[] {
  const product = sources.filter(({ path }) => !isTest(path));
  const querying = product.filter(({ path, text }) => transport.test(path) && query.test(text));
  const reading = product.filter(
    ({ path, text }) => !/(config|src\/main|onebox\/src\/workers)\.ts$/.test(path) && readsEnvironment(text),
  );
  const mocking = sources.filter(
    ({ path, text }) => /(?<!\.data)\.tsx?$/.test(path) && /^\s*(vi|jest)\.(mock|doMock)\(/m.test(text),
  );
  const vague = sources.filter(({ path }) => refusedNames.test(path));
  return [
    { what: "transport files that touch the database", now: querying.length, limit: 0, where: pathsOf(querying) },
    {
      what: "files that read the environment outside config.ts",
      now: reading.length,
      limit: 0,
      where: pathsOf(reading),
    },
    { what: "test files with module mocks", now: mocking.length, limit: 0, where: pathsOf(mocking) },
    { what: "lines under names like utils, helpers, common", now: sum(vague), limit: 0, where: pathsOf(vague) },
  ];
}

/** An exempted line carries its reason for the linter, which is the one to judge it. */
function readsEnvironment(text: string): boolean {
  return text
    .split("\n")
    .some(
      (line, index, all) =>
        /(?<!["'`\w(])process\.env\b/.test(line) && !/no-process-env -- /.test(all[index - 1] ?? ""),
    );
}

async function rowOfChanges(): Promise<Row> {
  const format = ["log", `-${commitsLookedAt}`, "--no-merges", "--format=%x00", "--name-only"];
  const { stdout } = await runCommand("git", format);
  const commits = stdout.split("\0").map((text) => text.split("\n").filter(Boolean));
  const counts = commits.filter((paths) => paths.length > 1).map((paths) => placesOf(paths).length);
  return { what: "places touched by a change, median", now: median(counts), limit: limits.placesOfChange, where: [] };
}

async function rowOfVerbs(sources: readonly Source[]): Promise<Row> {
  const rituals = (await lintFindings(["packages/areas"])).filter(({ code }) => ritualRules.test(code));
  const verbs = sources.filter(({ path }) => /^packages\/areas\/[^/]+\/src\/verbs\/[^/]+(?<!\.test)\.ts$/.test(path));
  const measured = measureWriteVerbs(
    verbs.map(({ path, text }) => ({
      path,
      text,
      tests: testsOf(path, sources),
      findings: rituals.filter((finding) => finding.path === path).map(({ code }) => code),
    })),
  );
  const complete = measured.filter(({ missing }) => missing.length === 0);
  const where = measured.flatMap(({ path, missing }) =>
    missing.length === 0 ? [] : [`${path}: ${missing.join(", ")}`],
  );
  const what = `write verbs with permission, audit and cross-project test, of ${measured.length}`;
  return { what, now: complete.length, limit: measured.length, atLeast: true, where };
}

/** The tests of a verb; a part that only other verbs import is proven by theirs. */
function testsOf(path: string, sources: readonly Source[]): string {
  const siblings = sources.filter((source) => dirname(source.path) === dirname(path) && !isTest(source.path));
  const users = new Set([path]);
  for (const used of users) {
    for (const { path: user, text } of siblings) if (text.includes(`from "./${basename(used)}"`)) users.add(user);
  }
  const names = [...users].map(nameOfVerb);
  const tests = sources.filter((source) => isTest(source.path) && source.path.startsWith(dirname(dirname(path))));
  return tests
    .filter(({ text }) => names.some((name) => text.includes(name)))
    .map(({ text }) => text)
    .join("\n");
}

function nameOfVerb(path: string): string {
  return basename(path, ".ts").replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function sum(sources: readonly Source[]): number {
  return sources.reduce((total, { lines }) => total + lines, 0);
}

function pathsOf(sources: readonly Source[]): readonly string[] {
  return sources.toSorted((a, b) => b.lines - a.lines).map(({ path, lines }) => `${path} (${lines})`);
}
