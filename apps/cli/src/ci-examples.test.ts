import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { CommanderError, type Command } from "commander";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { program } from "./program.ts";

const folder = path.join(import.meta.dirname, "../../../deploy/ci");
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
const examples = readdirSync(folder).filter((name) => /(\.yml|\.md|^Jenkinsfile)$/.test(name));
const pipelines = examples.filter((name) => !name.endsWith(".md"));

describe.for(pipelines)("%s", (name) => {
  test("gates source code and an image, and sets up what it calls", () => {
    const lines = commandLines(name).join("\n");
    expect(lines).toMatch(/^rampart repository scan/m);
    expect(lines).toMatch(/^rampart image scan/m);
    expect(read(name)).toContain("sh ci/rampart-setup.sh");
  });

  test("hands secrets over as variables only", () => {
    expect(commandLines(name).join("\n")).not.toMatch(/--(token|password|user)\b/);
    expect(read(name)).toContain("RAMPART_TOKEN");
  });
});

test.for(examples)("the command line accepts every call in %s", (name) => {
  const lines = commandLines(name);
  expect(lines).not.toEqual([]);
  for (const line of lines) expect(problemOf(line), line).toBeNull();
});

test.for(examples.filter((name) => name.endsWith(".yml")))("%s is YAML without a warning", (name) => {
  for (const document of documentsOf(name)) expect([...document.errors, ...document.warnings]).toEqual([]);
});

test("a call that the command line does not know is noticed", () => {
  expect(problemOf("rampart image scan --archive image.tar --report sarf=x")).toContain("FORM");
  expect(problemOf("rampart image scan --archive image.tar --fail-onn high")).toContain("unknown option");
  expect(problemOf("rampart image scam")).toContain("scam");
  expect(problemOf("rampart image scan --fail-on high")).toContain("thing to scan");
});

function documentsOf(name: string) {
  return parseAllDocuments(read(name), { prettyErrors: true });
}

/** The scripts as the CI system hands them to a shell. */
function scriptsOf(name: string): string[] {
  if (!name.endsWith(".yml")) return [read(name)];
  return documentsOf(name).flatMap((document) => textsIn(document.toJS()));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function commandLines(name: string): string[] {
  return scriptsOf(name)
    .flatMap((script) => script.replaceAll(/\\\n\s*/g, "").split("\n"))
    .flatMap((line) => /^\s*(rampart .+?)\s*(?:\|\|.*)?$/.exec(line)?.[1] ?? []);
}

/** What the command's own definition says against a call; null when it would run. Nothing is run. */
function problemOf(line: string): string | null {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "").slice(1);
  const root = program({}, () => {});
  let problem: string | null = null;
  for (const command of allBelow(root)) {
    command.configureOutput({ writeErr: () => {}, writeOut: () => {} });
    if (command.commands.length > 0) continue;
    command.action(() => {
      problem = missingSource(command);
    });
  }
  try {
    root.parse(words, { from: "user" });
  } catch (error) {
    return error instanceof CommanderError ? error.message : String(error);
  }
  return problem;
}

/** The one rule of `image scan` that its options do not express. */
function missingSource(command: Command): string | null {
  if (command.parent?.name() !== "image") return null;
  const { archive, ociLayout, rootfs } = command.opts<Record<string, unknown>>();
  const named = [command.args[0], archive, ociLayout, rootfs].filter((source) => source !== undefined);
  return named.length === 1 ? null : "There is not exactly one thing to scan.";
}

function allBelow(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allBelow)];
}
