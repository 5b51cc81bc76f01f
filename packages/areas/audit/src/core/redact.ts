/** What a redacted value is replaced with; also what log redaction writes. */
export const redactedText = "***";
export const depthMax = 32;

/** Words that make the value of a key a secret, wherever in the key they stand. */
const secretWords = [
  "password",
  "passphrase",
  "secret",
  "token",
  "privatekey",
  "clientkey",
  "apikey",
  "authorization",
  "cookie",
  "credential",
  "routingkey",
  "sealed",
];
/** Keys with such a word that hold no secret: names, states and ids of secrets. */
const harmless = /(id|ids|name|names|hash|at|state|stored|minutes|count)$/;

/**
 * A copy of what is about to be stored, with the values of secret-looking keys replaced. Verbs should not hand over
 * secrets at all; this is the belt for the one that forgets.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (value === null || typeof value !== "object") return toJson(value);
  if (depth >= depthMax) return "…";
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return redactedText;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key, isSecret(key, held) ? redactedText : redact(held, depth + 1)]),
  );
}

function isSecret(key: string, held: unknown): boolean {
  if (held === null || held === undefined || held === "" || typeof held === "boolean") return false;
  const plain = key.toLowerCase().replaceAll(/[-_.]/g, "");
  return secretWords.some((word) => plain.includes(word)) && !harmless.test(plain);
}

function toJson(value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}
