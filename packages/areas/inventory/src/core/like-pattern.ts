/** Turns a name with `*` wildcards into a pattern for SQL LIKE; every other character stands for itself. */
export function likePattern(wildcard: string): string {
  return escapeLike(wildcard).replaceAll("*", "%");
}

/** A pattern for names that contain the text anywhere. */
export function containsPattern(text: string): string {
  return `%${escapeLike(text)}%`;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
