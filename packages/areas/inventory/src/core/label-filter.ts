export type LabelFilter = Readonly<{ key: string; value?: string }>;

/** Reads `key=value` or `key`; the value may contain further equals signs. */
export function readLabelFilter(text: string): LabelFilter {
  const at = text.indexOf("=");
  return at < 0 ? { key: text } : { key: text.slice(0, at), value: text.slice(at + 1) };
}
