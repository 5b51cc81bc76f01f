/** Whatever a receiver could take for the end of a line or for a command to its terminal. */
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/gu;
const shortEscapes: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A value between the quotes of `key="value"`: escaped as in JSON, so that it can be read back exactly. */
export function escapeText(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/["\\]/g, (character) => `\\${character}`)
    .replaceAll(control, (character) => shortEscapes[character] ?? `\\u${hex(character)}`);
}

export function unescapeText(escaped: string): string {
  return escaped.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/gu, (_, code: string | undefined, character: string) =>
    code === undefined ? (shortUnescapes[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
const shortUnescapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** A PARAM-VALUE of RFC 5424, section 6.3.3: exactly three characters are escaped; control characters become visible. */
export function escapeParam(value: string): string {
  return toVisible(value).replaceAll(/["\\\]]/g, (character) => `\\${character}`);
}

export function unescapeParam(escaped: string): string {
  return escaped.replaceAll(/\\(["\\\]])/g, "$1");
}

/** Control characters as their pictures (U+2400 and on), so that structured data holds none and shows that some were. */
export function toVisible(value: string): string {
  return value.toWellFormed().replaceAll(control, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}
