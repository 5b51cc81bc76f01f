import { describe, expect, test } from "vitest";
import type { FileRecord } from "../layers/layer-result.ts";
import { withoutOverruled } from "./without-overruled.ts";

const read = (path: string): FileRecord => ({ path, content: { is: "packages", packages: [] } });
const damaged = (path: string): FileRecord => ({ path, content: null });
const pathsOf = (records: readonly FileRecord[]) => withoutOverruled(records).map(({ path }) => path);

describe("withoutOverruled", () => {
  test("of two files that say the same, the one that tools go by is kept", () => {
    expect(pathsOf([read("a/package-lock.json"), read("a/npm-shrinkwrap.json")])).toEqual(["a/npm-shrinkwrap.json"]);
    expect(pathsOf([read("go.mod"), read("go.sum")])).toEqual(["go.mod"]);
    expect(pathsOf([damaged("bun.lockb"), read("bun.lock")])).toEqual(["bun.lock"]);
  });

  test("files of other folders and names overrule nothing", () => {
    const records = [
      read("go.sum"),
      read("b/go.mod"),
      read("yarn.lock"),
      read("constructor"),
      read("package-lock.json"),
    ];
    expect(withoutOverruled(records)).toEqual(records);
  });

  const asks = (path: string): FileRecord => ({
    path,
    content: null,
    problem: { code: "file-unreadable", message: "" },
  });

  test("a manifest is taken back where a lock file lies beside it or above it", () => {
    expect(pathsOf([asks("web/package.json"), read("web/yarn.lock")])).toEqual(["web/yarn.lock"]);
    expect(pathsOf([asks("a/b/c/package.json"), read("pnpm-lock.yaml")])).toEqual(["pnpm-lock.yaml"]);
    expect(pathsOf([asks("app/build.gradle.kts"), read("gradle/verification-metadata.xml")])).toHaveLength(1);
  });

  test("a manifest stays where the only lock files are elsewhere or of another language", () => {
    const records = [asks("a/package.json"), read("b/yarn.lock"), read("a/b/yarn.lock"), read("a/Cargo.lock")];
    expect(withoutOverruled(records)).toEqual(records);
  });

  test("a better file that could not be read overrules nothing", () => {
    expect(pathsOf([read("go.sum"), damaged("go.mod")])).toEqual(["go.sum", "go.mod"]);
  });
});
