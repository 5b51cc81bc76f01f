/**
 * Signs that begin another value, element or line. Each takes tens of bytes once it is read, so that the size of a
 * file alone bounds nothing. The densest honest lock files have one in 18 bytes.
 */
const isSign = new Uint8Array(256);
for (const sign of Buffer.from("\n,[{<")) isSign[sign] = 1;
const signsMax = 1_500_000;

/**
 * Text of a file, by the encoding that it names or by its byte order mark: Windows shells write
 * `pip freeze > requirements.txt` as UTF-16.
 */
export function decodeText(bytes: Buffer, encoding = encodingOf(bytes)): string {
  if (isOverful(bytes)) throw new Error(`more than ${signsMax} lines and values`);
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes("\0")) throw new Error("not a text");
  return text;
}

/** Lines without their ends. */
export function linesOf(bytes: Buffer): string[] {
  return decodeText(bytes).split(/\r?\n/);
}

function isOverful(bytes: Buffer): boolean {
  let count = 0;
  for (let at = 0; at < bytes.length && count <= signsMax; at += 1) count += isSign[bytes[at] ?? 0] ?? 0;
  return count > signsMax;
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
}
