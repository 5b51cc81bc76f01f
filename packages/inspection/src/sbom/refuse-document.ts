import { Refusal } from "@rampart/kernel";

/** The file is no bill of materials that can be read at all. */
export function notAnSbom(why: string): Refusal {
  return new Refusal("invalid", "inspection.sbom.unreadable", `This is no bill of materials that can be read: ${why}.`);
}

export function sbomOverLimit(what: string): Refusal {
  return new Refusal(
    "limit",
    "inspection.sbom.over-limit",
    `The bill of materials is larger than can be read: ${what}.`,
  );
}
