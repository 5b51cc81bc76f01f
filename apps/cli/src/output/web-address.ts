/** The link of an advisory, if it is one that may be opened: feeds are written by others. */
export function webAddress(link: string | null): string | null {
  const url = link === null ? null : URL.parse(link);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}
