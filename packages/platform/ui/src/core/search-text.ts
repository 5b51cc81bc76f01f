export type SearchChange = Readonly<Record<string, string | number | null | undefined>>;

/**
 * The query string of a page after a change, with its leading question mark. Null and empty remove a key; keys keep
 * their order, so that the same view always has the same address.
 */
export function changeSearch(current: string, change: SearchChange): string {
  const search = new URLSearchParams(current);
  for (const [key, value] of Object.entries(change)) {
    if (value === null || value === undefined || value === "") search.delete(key);
    else search.set(key, String(value));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}

export type Sort = Readonly<{ key: string; reverse: boolean }>;

/** `sort=name` sorts upwards, `sort=-name` downwards. */
export function readSort(text: string | undefined): Sort | null {
  if (text === undefined || text === "" || text === "-") return null;
  return text.startsWith("-") ? { key: text.slice(1), reverse: true } : { key: text, reverse: false };
}

export function writeSort({ key, reverse }: Sort): string {
  return reverse ? `-${key}` : key;
}
