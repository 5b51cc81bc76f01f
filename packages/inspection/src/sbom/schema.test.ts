import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { sampleOrigin, sampleSubject } from "./samples.ts";
import { writeSbom } from "./write-sbom.ts";

/** The library of CycloneDX brings the schemas along. */
const library = dirname(fileURLToPath(import.meta.resolve("@cyclonedx/cyclonedx-library/package.json")));

function schema(file: string): object {
  return JSON.parse(readFileSync(join(library, "res/schema", file), "utf8")) as object; // a schema, as its name says
}

test("what is written in CycloneDX JSON obeys the schema of CycloneDX 1.6", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  for (const file of ["spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json"]) {
    ajv.addSchema(schema(file), `http://cyclonedx.org/schema/${file}`);
  }
  const validate = ajv.compile(schema("bom-1.6.SNAPSHOT.schema.json"));
  for (const subject of [sampleSubject, { ...sampleSubject, os: null, packages: [], warnings: [], version: "" }]) {
    validate(JSON.parse([...writeSbom("cyclonedx-json", subject, sampleOrigin)].join("")));
    expect(validate.errors).toBeNull();
  }
});
