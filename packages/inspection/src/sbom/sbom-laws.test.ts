import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "@rampart/kernel";
import { Inventory } from "../contract.ts";
import { readSbom } from "./read-sbom.ts";
import { writtenDocuments } from "./samples.ts";

/** What a reader may do with any bytes: answer with a valid inventory, or refuse. */
function readsOrRefuses(bytes: Buffer): void {
  try {
    Inventory.parse(readSbom(bytes).inspection.inventory);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

const documents = writtenDocuments();

describe("no document makes the reader fail", () => {
  test("whatever values stand in it", () => {
    const scalar = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.constantFrom("pkg:npm/a@1", "pkg:deb/debian/b@1?upstream=c@d", "pkg:%", "library", "__proto__"),
    );
    const value = fc.oneof(
      scalar,
      fc.array(scalar, { maxLength: 3 }),
      fc.dictionary(fc.string(), scalar, { maxKeys: 3 }),
    );
    const keys = [
      "name",
      "version",
      "type",
      "purl",
      "properties",
      "licenses",
      "evidence",
      "components",
      "externalRefs",
    ];
    const component = fc.dictionary(fc.constantFrom(...keys), value);
    const list = fc.oneof(value, fc.array(component, { maxLength: 4 }));
    fc.assert(
      fc.property(list, list, value, (components, packages, other) => {
        const cycloneDx = { bomFormat: "CycloneDX", specVersion: "1.6", components, metadata: other };
        const spdx = {
          spdxVersion: "SPDX-2.3",
          packages,
          relationships: other,
          hasExtractedLicensingInfos: components,
        };
        for (const document of [cycloneDx, spdx, { "@graph": packages }])
          readsOrRefuses(Buffer.from(JSON.stringify(document)));
      }),
    );
  });

  test.for(documents)("wherever it is cut off or damaged: $format", ({ text }) => {
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ maxLength: 8 }), fc.boolean(), (at, damage, isCut) => {
        readsOrRefuses(
          isCut ? bytes.subarray(0, at) : Buffer.concat([bytes.subarray(0, at), damage, bytes.subarray(at + 1)]),
        );
      }),
    );
  });

  test("whatever bytes it is", () => {
    const lead = fc.constantFrom("", "{", "<", "SPDXVersion: SPDX-2.3\n", "spdxVersion: ");
    fc.assert(
      fc.property(lead, fc.uint8Array({ maxLength: 200 }), (head, bytes) =>
        readsOrRefuses(Buffer.concat([Buffer.from(head), bytes])),
      ),
    );
  });

  test("a truncated document is never taken for a whole one", () => {
    for (const { text } of documents) {
      for (const share of [0.3, 0.6, 0.9]) {
        expect(() => readSbom(Buffer.from(text.slice(0, Math.floor(text.length * share))))).toThrow(Refusal);
      }
    }
  });
});
