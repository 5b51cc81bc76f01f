/** The only source of identifiers for verbs. */
export type Ids = Readonly<{
  /** A UUID version 7 (RFC 9562, section 5.7): sorts by the time it was made. */
  next(): string;
}>;

/** Builds a UUID version 7 from a time in milliseconds since 1970 and ten random bytes. */
export function uuidV7(timeMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  for (let index = 5, rest = timeMs; index >= 0; index -= 1, rest = Math.floor(rest / 256)) bytes[index] = rest % 256;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
