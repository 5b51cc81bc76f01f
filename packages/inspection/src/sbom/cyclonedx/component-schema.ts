import { z } from "zod";

const Text = z.string().max(16_384);
const propertiesMax = 2_000;

const Property = z.looseObject({ name: Text, value: Text.nullish() });
const License = z.looseObject({ id: Text.nullish(), name: Text.nullish() });
const LicenseChoice = z.looseObject({ license: License.nullish(), expression: Text.nullish() });
const Evidence = z.looseObject({
  occurrences: z
    .array(z.looseObject({ location: Text.nullish() }))
    .max(100_000)
    .nullish(),
});

/** What is read of one component; everything else in it is passed over. Nested ones are checked when it is their turn. */
export const Component = z.looseObject({
  type: Text.nullish(),
  name: Text,
  group: Text.nullish(),
  version: Text.nullish(),
  description: Text.nullish(),
  purl: Text.nullish(),
  licenses: z.array(LicenseChoice).max(1_000).nullish(),
  evidence: Evidence.nullish(),
  properties: z.array(Property).max(propertiesMax).nullish(),
  components: z.unknown().optional(),
});
export type Component = z.infer<typeof Component>;

export const Document = z.looseObject({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string().max(16),
  metadata: z
    .looseObject({
      component: z.unknown().optional(),
      properties: z.array(Property).max(propertiesMax).nullish(),
    })
    .nullish(),
  components: z.unknown().optional(),
});
export type Document = z.infer<typeof Document>;
