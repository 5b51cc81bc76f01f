import { z } from "zod";

/** Most rows that one answer may carry. */
export const pageSizeMax = 250;
export const pageSizeDefault = 50;

/** How every list is asked for. Rows come in a total order, so that pages neither repeat nor skip a row. */
export const PageRequest = z.object({
  offset: z.int().nonnegative().max(10_000_000).default(0),
  limit: z.int().positive().max(pageSizeMax).default(pageSizeDefault),
  search: z.string().max(256).optional(),
  sort: z.string().max(64).optional(),
  reverse: z.boolean().default(false),
});
export type PageRequest = z.infer<typeof PageRequest>;

/** One page of a list, with the number of all rows that match. */
export type Page<Row> = Readonly<{ rows: readonly Row[]; total: number }>;

/** The schema of a page of `row`, for procedure outputs. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), total: z.int().nonnegative() });
}
