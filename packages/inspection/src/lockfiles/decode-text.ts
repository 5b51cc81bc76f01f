/** Text of a file, by its byte order mark. Windows shells write `pip freeze > requirements.txt` as UTF-16. */
export function decodeText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  return new TextDecoder("utf-8").decode(bytes);
}

/** Lines without their ends. */
export function linesOf(bytes: Buffer): string[] {
  return decodeText(bytes).split(/\r?\n/);
}
