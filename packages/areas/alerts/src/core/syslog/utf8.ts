/** Bytes that a text takes in UTF-8. A lone surrogate counts as the replacement character that it is sent as. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) bytes += utf8LengthOf(character);
  return bytes;
}

function utf8LengthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
