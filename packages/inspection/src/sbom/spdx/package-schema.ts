import { z } from "zod";

const Text = z.string().max(65_536);
const ExternalRef = z.looseObject({ referenceType: Text.nullish(), referenceLocator: Text.nullish() });

/** What is read of one package of SPDX 2; everything else in it is passed over. */
export const SpdxPackage = z.looseObject({
  SPDXID: Text.nullish(),
  name: Text,
  versionInfo: Text.nullish(),
  packageFileName: Text.nullish(),
  primaryPackagePurpose: Text.nullish(),
  sourceInfo: Text.nullish(),
  summary: Text.nullish(),
  comment: Text.nullish(),
  licenseDeclared: Text.nullish(),
  licenseConcluded: Text.nullish(),
  externalRefs: z.array(ExternalRef).max(10_000).nullish(),
});
export type SpdxPackage = z.infer<typeof SpdxPackage>;

export const SpdxRelationship = z.looseObject({
  spdxElementId: Text,
  relatedSpdxElement: Text,
  relationshipType: Text,
});
export type SpdxRelationship = z.infer<typeof SpdxRelationship>;

export const SpdxLicense = z.looseObject({ licenseId: Text, name: Text.nullish() });

export const SpdxDocument = z.looseObject({
  spdxVersion: z.string().max(32),
  name: Text.nullish(),
  comment: z.string().max(1_000_000).nullish(),
  packages: z.unknown().optional(),
  relationships: z.unknown().optional(),
  hasExtractedLicensingInfos: z.unknown().optional(),
});
