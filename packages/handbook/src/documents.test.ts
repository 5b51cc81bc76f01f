import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { brokenLinks, missingPaths, namedPaths } from "./named-paths.ts";
import { refusedWords } from "./refused-words.ts";

const root = resolve(import.meta.dirname, "../../..");
const handbook = "packages/handbook";
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const listed = (folder: string): readonly string[] =>
  readdirSync(join(root, folder)).flatMap((name) => (name.endsWith(".md") ? [`${folder}/${name}`] : []));

const decisions = listed(`${handbook}/decisions`).filter((path) => !path.endsWith("README.md"));
const howTos = listed(`${handbook}/how-to`);
const elsewhere = globSync("{apps,deploy,packages,prisma,test,workers}/**/README.md", {
  cwd: root,
  exclude: (path) => /node_modules|handbook|\.next/.test(path),
});
const documents = ["README.md", ...listed(handbook), ...decisions, ...howTos, ...elsewhere];

describe.for(documents)("%s", (path) => {
  const text = read(path);

  test("names only paths that exist", () => {
    expect(missingPaths(text, (named) => existsSync(join(root, named)))).toEqual([]);
    expect(brokenLinks(text, (link) => existsSync(join(root, path, "..", link)))).toEqual([]);
  });

  test("uses the words of the glossary", () => {
    expect(refusedWords(text)).toEqual([]);
  });
});

test.for(["README.md", ...listed(handbook), ...decisions, ...howTos])("%s can be read side by side", (path) => {
  const long = read(path)
    .split("\n")
    .filter((line) => line.length > 120 && !/^\||https?:\/\//.test(line));
  expect(long).toEqual([]);
});

test("decisions are numbered without a gap and each says what holds it", () => {
  const numbers = decisions.map((path) => Number(/\/(\d{4})-/.exec(path)?.[1]));
  expect(numbers).toEqual(decisions.map((_, index) => index + 1));
  const sections = ["## Context", "## Decision", "## Consequences", "## Check", "## Alternatives"];
  const incomplete = decisions.filter((path) => sections.some((section) => !read(path).includes(`\n${section}\n`)));
  expect(incomplete).toEqual([]);
});

test("the architecture fits three hundred lines", () => {
  expect(read(`${handbook}/architecture.md`).split("\n").length).toBeLessThan(300);
});

test("the README fits one page", () => {
  expect(read("README.md").split("\n").length).toBeLessThan(70);
});

test("every how-to names an example that exists and the command that checks the work", () => {
  const lacking = howTos.filter((path) => !/Example to follow/.test(read(path)) || !/\nCheck: /.test(read(path)));
  expect(lacking).toEqual([]);
});

test("the handbook lists every how-to", () => {
  const text = read(`${handbook}/README.md`);
  expect(howTos.filter((path) => !text.includes(path.replace(`${handbook}/`, "")))).toEqual([]);
});

describe("the checks of documents find", () => {
  test.for([
    ["a path that does not exist", "see `packages/gone/src/x.ts`", ["packages/gone/src/x.ts"]],
    ["nothing in a path with a placeholder", "write `workers/<lane>` or `packages/areas/*/src`", []],
  ] as const)("%s", ([, text, found]) => {
    expect(missingPaths(text, () => false)).toEqual(found);
  });

  test("a link that leads nowhere", () => {
    expect(brokenLinks("see [that](gone.md) and [this](https://example.com)", () => false)).toEqual(["gone.md"]);
  });

  test("a word that the glossary replaces", () => {
    expect(refusedWords("The agent sends a packet to the broker.")).toEqual(["agent", "packet", "broker"]);
    expect(refusedWords("`agent` in code, a package, subagents")).toEqual([]);
  });

  test("the paths that a text names", () => {
    expect(namedPaths("`packages/api` and `npm test` and `prisma/schema`")).toEqual(["packages/api", "prisma/schema"]);
  });
});
