import type { Filter } from "@rampart/ui/core/filter-words";

/** CVE ids, and the ids of advisories: GHSA-…, DSA-5532-1, ALSA-2024:1016, BIT-node-2024-1. */
const flawId = /^(?:CVE-\d{4}-\d{4,19}|GHSA(?:-[0-9a-z]{4}){3}|[A-Z]{2,12}-[0-9A-Za-z:.-]{3,60})$/i;

/** The one flaw that a search asks for by its id; null when it asks for anything else. */
export function askedFlaw({ text, fields }: Pick<Filter, "text" | "fields">): string | null {
  const [only, ...others] = [text, ...(fields["cve"] ?? [])].filter((word) => word !== "");
  return only !== undefined && others.length === 0 && flawId.test(only) ? only : null;
}
