import { z } from "zod";
import { osReleaseOf } from "../distribution.ts";
import type { ListedComponent, ListedDocument } from "../listed-component.ts";
import type { OsReleaseContent } from "../../layers/layer-result.ts";
import { notAnSbom } from "../refuse-document.ts";
import { listOf } from "./list-of.ts";

const Text = z.string().max(65_536);

/** An element of SPDX 3 (JSON-LD); only packages are read. */
const Element = z.looseObject({
  type: Text.nullish(),
  name: Text.nullish(),
  software_packageVersion: Text.nullish(),
  software_packageUrl: Text.nullish(),
  software_primaryPurpose: Text.nullish(),
  externalIdentifier: z
    .array(z.looseObject({ externalIdentifierType: Text.nullish(), identifier: Text.nullish() }))
    .max(10_000)
    .nullish(),
});
type Element = z.infer<typeof Element>;

const Document3 = z.looseObject({ "@graph": z.unknown().optional() });

const wholePurposes: ReadonlySet<string> = new Set(["container", "file", "source", "archive", "device", "firmware"]);

export function readSpdx3(json: unknown): ListedDocument {
  const parsed = Document3.safeParse(json);
  if (!parsed.success) throw notAnSbom("its SPDX head is damaged");
  const unreadable: string[] = [];
  const elements = listOf(parsed.data["@graph"], Element, unreadable);
  const packages = elements.filter(({ type }) => type === "software_Package");
  const os = packages.find(({ software_primaryPurpose: purpose }) => purpose === "operatingSystem");
  return {
    format: "SPDX-3",
    subject: elements.find(({ type }) => type === "SpdxDocument")?.name ?? "",
    os: os === undefined ? null : toRelease(os),
    components: packages.filter((found) => found !== os).flatMap(toListed),
    unreadable,
    remarks: [],
  };
}

function toRelease({ name, software_packageVersion: version }: Element): OsReleaseContent {
  return osReleaseOf(name ?? "", version ?? "");
}

function toListed(found: Element): ListedComponent[] {
  const { name, software_packageVersion: version, software_primaryPurpose: purpose } = found;
  const identified = found.externalIdentifier?.find(({ identifier }) => identifier?.startsWith("pkg:") === true);
  const purl = found.software_packageUrl ?? identified?.identifier ?? null;
  if (purl === null && wholePurposes.has(purpose ?? "")) return [];
  return [{ name: name ?? "", version: version ?? "", ...(purl !== null && { purl }) }];
}
