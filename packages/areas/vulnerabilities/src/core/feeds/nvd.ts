import { z } from "zod";
import { cvssBaseScore, readCvss } from "../cvss.ts";
import { checkEntry, toInstant } from "./check-entry.ts";
import type { Conversion, FeedEntry } from "./feed-entry.ts";
import { each, jsonPieces, placeOf } from "./json-pieces.ts";

const Metric = z.object({
  type: z.string().max(32).optional(),
  cvssData: z.object({ vectorString: z.string().max(512), baseScore: z.number().min(0).max(10) }),
});
const Metrics = z.array(Metric).max(100).default([]);

const Item = z.object({
  cve: z.object({
    id: z.string().regex(/^CVE-\d{4}-\d{4,19}$/, "is no CVE id"),
    published: z.string().max(40).optional(),
    vulnStatus: z.string().max(64).optional(),
    metrics: z
      .object({ cvssMetricV31: Metrics, cvssMetricV30: Metrics, cvssMetricV40: Metrics, cvssMetricV2: Metrics })
      .default({ cvssMetricV31: [], cvssMetricV30: [], cvssMetricV40: [], cvssMetricV2: [] }),
    weaknesses: z
      .array(z.object({ description: z.array(z.object({ value: z.string().max(256) })).max(100) }))
      .max(100)
      .default([]),
  }),
});
type Item = z.infer<typeof Item>;

/** The NVD's 2.0 form, as its interface and its yearly files give it: scores, weaknesses, rejections; no versions. */
export async function* readNvd({ chunks }: Conversion): AsyncGenerator<FeedEntry> {
  for await (const { path, value } of jsonPieces(chunks, ["vulnerabilities", each])) {
    if (path.length === 1) continue;
    const place = placeOf(path);
    const { cve } = checkEntry(Item, value, place);
    const metric = bestMetric(cve.metrics);
    yield {
      place,
      cve: {
        cve: cve.id,
        nvdVector: metric?.vector ?? null,
        nvdScore: metric?.score ?? null,
        nvdPublishedAt: toInstant(cve.published) ?? null,
        cwes: cwesOf(cve),
        isRejected: cve.vulnStatus === "Rejected",
      },
    };
  }
}

/** The NVD's own score before another's, version 3 before 2, as everywhere; 4.0 where it stands alone. */
function bestMetric(metrics: Item["cve"]["metrics"]): { vector: string; score: number } | null {
  const versions = [metrics.cvssMetricV31, metrics.cvssMetricV30, metrics.cvssMetricV2, metrics.cvssMetricV40];
  for (const given of versions) {
    const { cvssData } = given.find(({ type }) => type === "Primary") ?? given[0] ?? {};
    if (cvssData === undefined) continue;
    const { vectorString: vector, baseScore } = cvssData;
    const read = readCvss(vector);
    return { vector, score: read === null ? baseScore : (cvssBaseScore(vector) ?? baseScore) };
  }
  return null;
}

function cwesOf({ weaknesses }: Item["cve"]): readonly string[] {
  const values = weaknesses.flatMap(({ description }) => description.map(({ value }) => value));
  return [...new Set(values.filter((value) => /^CWE-\d{1,6}$/.test(value)))].slice(0, 20);
}
