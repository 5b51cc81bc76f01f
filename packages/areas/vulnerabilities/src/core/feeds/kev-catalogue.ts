import { z } from "zod";
import { checkEntry } from "./check-entry.ts";
import type { Conversion, FeedEntry } from "./feed-entry.ts";
import { each, jsonPieces, placeOf } from "./json-pieces.ts";

const Exploited = z.object({
  cveID: z.string().regex(/^CVE-\d{4}-\d{4,19}$/, "is no CVE id"),
  vendorProject: z.string().max(512).default(""),
  product: z.string().max(512).default(""),
  vulnerabilityName: z.string().max(1_024).default(""),
  dateAdded: z.string().max(32),
  dueDate: z.string().max(32).optional(),
  knownRansomwareCampaignUse: z.string().max(64).optional(),
});

/** CISA's catalogue of exploited flaws as it is published. */
export async function* readKevCatalogue({ chunks }: Conversion): AsyncGenerator<FeedEntry> {
  for await (const { path, value } of jsonPieces(chunks, ["vulnerabilities", each])) {
    if (path.length === 1) continue;
    const place = placeOf(path);
    const found = checkEntry(Exploited, value, place);
    const kev = {
      vendor: found.vendorProject,
      product: found.product,
      name: found.vulnerabilityName,
      date_added: found.dateAdded,
      ...(found.dueDate !== undefined && { due_date: found.dueDate }),
      ransomware: found.knownRansomwareCampaignUse === "Known",
    };
    yield { place, cve: { cve: found.cveID, kev } };
  }
}
