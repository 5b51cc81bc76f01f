import { oneLine } from "./one-line.ts";
import { webAddress } from "./web-address.ts";

/**
 * Untrusted text for a cell, a heading or a list: one line in which nothing is markup. Character references stand for
 * what Markdown, HTML or a mention could use; they mean the same in every dialect, while a backslash does not.
 */
export function markdownText(text: string, lengthMax: number): string {
  return oneLine(text, lengthMax)
    .replaceAll(/[&<>|`*_~[\]\\#!@"'$]/g, toReference)
    .replaceAll(/:(?=\/\/)/g, toReference)
    .replaceAll(/(?<=www)\./gi, toReference);
}

function toReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/** A link, if the address is one that may be opened; else the text alone. */
export function markdownLink(text: string, address: string | null, lengthMax: number): string {
  const label = markdownText(text, lengthMax);
  const url = webAddress(address);
  return url === null ? label : `[${label}](${url.replaceAll(/[^\w\-.~:/?#@!$&+,;=%]/g, percentEncode)})`;
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
