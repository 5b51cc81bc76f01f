const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\r": "&#13;",
};

/** Text for the content of an XML element. What XML 1.0 cannot carry is left away. */
export function xmlText(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll(/[&<>"'\r]/g, (character) => escapes[character] ?? "");
}

/** Text for a quoted attribute, in which a parser would make spaces of lines. */
function attributeText(text: string): string {
  return xmlText(text).replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");
}

/** One element. `content` is XML already. */
export function xmlElement(name: string, attributes: Readonly<Record<string, string | number>>, content = ""): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${attributeText(String(value))}"`);
  return content === "" ? `<${name}${given.join("")}/>` : `<${name}${given.join("")}>${content}</${name}>`;
}
