const lead = "Warning: ";

/** Warnings of an inventory in the comment of an SPDX document, which has no other place for them. */
export function remarkComment(remarks: readonly string[]): string {
  return remarks.map((remark) => `${lead}${remark}`).join("\n");
}

export function remarkLines(comment: string): string[] {
  return comment
    .split("\n")
    .filter((line) => line.startsWith(lead))
    .map((line) => line.slice(lead.length));
}
