/** Keys whose values are secrets wherever they stand. */
const secretKeys = /password|secret|token|privatekey|passphrase|credential|sealed/i;
const depthMax = 12;

/** A copy of a change without its secrets; what is too deep is cut. Values become what JSON can hold. */
export function redact(value: unknown, depth = 0): unknown {
  if (value === undefined || value === null || typeof value !== "object") return value;
  if (value instanceof Date) return value.toISOString();
  if (depth >= depthMax) return "…";
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, secretKeys.test(key) ? "***" : redact(item, depth + 1)]),
  );
}
