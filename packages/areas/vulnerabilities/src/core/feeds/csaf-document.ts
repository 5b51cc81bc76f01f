import { z } from "zod";

const Id = z.string().max(1_024);
const Ids = z.array(Id).max(500_000).default([]);
const Words = z.string().max(100_000);

/** The parts of CSAF 2.0 that say which version of which package is affected. */
export const CsafDocument = z.object({
  document: z.object({
    category: z.string().max(256),
    title: Words.optional(),
    aggregate_severity: z.object({ text: z.string().max(256) }).optional(),
    references: z
      .array(z.object({ category: z.string().max(64).optional(), url: z.string().max(4_096) }))
      .max(10_000)
      .default([]),
    tracking: z.object({
      id: z.string().min(1).max(256),
      current_release_date: z.string().max(64),
      initial_release_date: z.string().max(64).optional(),
    }),
  }),
  product_tree: z
    .object({
      /** Branches nest without limit in the standard; `productsOf` walks them. */
      branches: z.array(z.unknown()).max(100_000).default([]),
      relationships: z
        .array(
          z.object({
            product_reference: Id,
            relates_to_product_reference: Id,
            full_product_name: z.object({ product_id: Id }),
          }),
        )
        .max(500_000)
        .default([]),
    })
    .default({ branches: [], relationships: [] }),
  vulnerabilities: z
    .array(
      z.object({
        cve: z.string().max(64).optional(),
        title: Words.optional(),
        release_date: z.string().max(64).optional(),
        product_status: z
          .object({
            fixed: Ids,
            first_fixed: Ids,
            recommended: Ids,
            known_affected: Ids,
            known_not_affected: Ids,
            under_investigation: Ids,
          })
          .optional(),
        remediations: z
          .array(z.object({ category: z.string().max(64), details: Words.optional(), product_ids: Ids }))
          .max(100_000)
          .default([]),
        threats: z
          .array(z.object({ category: z.string().max(64), details: Words }))
          .max(10_000)
          .default([]),
        scores: z
          .array(z.object({ cvss_v3: z.object({ vectorString: z.string().max(512).optional() }).optional() }))
          .max(10_000)
          .default([]),
      }),
    )
    .max(10_000)
    .default([]),
});
export type CsafDocument = z.infer<typeof CsafDocument>;
export type CsafFlaw = CsafDocument["vulnerabilities"][number];

export const CsafBranch = z.object({
  name: z.string().max(1_024).default(""),
  branches: z.array(z.unknown()).max(100_000).default([]),
  product: z
    .object({
      product_id: Id,
      product_identification_helper: z
        .object({ cpe: z.string().max(1_024).optional(), purl: z.string().max(2_048).optional() })
        .optional(),
    })
    .optional(),
});
