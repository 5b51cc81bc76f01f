import { cycloneDxComponents, cycloneDxHead } from "./cyclonedx/write-cyclonedx.ts";
import { writeCycloneDxXml } from "./cyclonedx/write-cyclonedx-xml.ts";
import type { SbomOrigin, SbomSubject } from "./sbom-subject.ts";
import { namesOfLicenses, spdxHead, spdxPackages, spdxRelationships } from "./spdx/write-spdx.ts";

export type { SbomOrigin, SbomSubject } from "./sbom-subject.ts";

export const sbomFormats = ["cyclonedx-json", "cyclonedx-xml", "spdx-json"] as const;
export type SbomFormat = (typeof sbomFormats)[number];

/** What the file of a format is called and how it is announced. */
export const sbomFiles: Readonly<Record<SbomFormat, Readonly<{ ending: string; contentType: string }>>> = {
  "cyclonedx-json": { ending: ".cdx.json", contentType: "application/vnd.cyclonedx+json; version=1.6" },
  "cyclonedx-xml": { ending: ".cdx.xml", contentType: "application/vnd.cyclonedx+xml; version=1.6" },
  "spdx-json": { ending: ".spdx.json", contentType: "application/spdx+json" },
};

/** Writes a bill of materials piece by piece: CycloneDX 1.6 or SPDX 2.3. */
export function* writeSbom(format: SbomFormat, subject: SbomSubject, origin: SbomOrigin): Generator<string> {
  switch (format) {
    case "cyclonedx-json":
      yield* object(cycloneDxHead(subject, origin), [["components", cycloneDxComponents(subject)]]);
      break;
    case "cyclonedx-xml":
      yield* writeCycloneDxXml(subject, origin);
      break;
    case "spdx-json": {
      const licenses = namesOfLicenses(subject);
      yield* object(spdxHead(subject, origin, licenses), [
        ["packages", spdxPackages(subject, licenses)],
        ["relationships", spdxRelationships(subject)],
      ]);
    }
  }
}

/** A JSON object whose last members are lists that are made while they are written. */
function* object(
  head: object,
  lists: readonly (readonly [name: string, items: Iterable<object>])[],
): Generator<string> {
  yield JSON.stringify(head, null, 1).replace(/\n\}$/, "");
  for (const [name, items] of lists) {
    yield `,\n ${JSON.stringify(name)}: [`;
    let separator = "\n  ";
    for (const item of items) {
      yield separator + JSON.stringify(item);
      separator = ",\n  ";
    }
    yield "\n ]";
  }
  yield "\n}\n";
}
