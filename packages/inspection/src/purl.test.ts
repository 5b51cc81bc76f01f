import { expect, test } from "vitest";
import { buildPurl } from "./purl.ts";
import { readVector } from "./testing/vectors.ts";

type Case = {
  test_type: string;
  expected_failure: boolean;
  input: {
    type: string;
    namespace?: string | null;
    name: string;
    version?: string | null;
    qualifiers?: Record<string, string> | null;
    subpath?: string | null;
  };
  expected_output: string;
};

/** Only the types that inventories name, in the form that readers give them. */
const types: ReadonlySet<string> = new Set(["npm", "pypi", "maven", "deb", "apk", "rpm"]);

const cases = readVector("purl/purl-tests.jsonl.gz")
  .toString("utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Case) // shape documented beside the vectors
  .filter(
    ({ test_type, expected_failure, input }) => test_type === "build" && !expected_failure && types.has(input.type),
  )
  .filter(
    ({ input }) => typeof input.version === "string" && !input.subpath && input.name === input.name.toLowerCase(),
  );

test("the vectors hold cases for the types in use", () => {
  expect(cases.length).toBeGreaterThan(5);
});

test.for(cases)("builds $expected_output", ({ input, expected_output }) => {
  const { type, namespace, name, version, qualifiers } = input;
  const built = buildPurl({
    type,
    namespace: namespace ?? "",
    name,
    version: version ?? "",
    qualifiers: qualifiers ?? {},
  });
  expect(built).toBe(expected_output);
});
