import { BadEntry, feedPieceLimits, type TextChunks } from "./feed-entry.ts";

export type XmlElement = Readonly<{
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlElement[];
  text: string;
}>;

/**
 * Elements of one name, one at a time, from an XML text of any length. A document type is refused: no feed needs one,
 * and entities that it declares can grow without bound.
 */
export async function* xmlElements(chunks: TextChunks, name: string): AsyncGenerator<XmlElement> {
  const opening = new RegExp(`<${name}[\\s/>]`);
  const closing = `</${name}>`;
  let text = "";
  for await (const chunk of chunks) {
    // Whatever went before is consumed, so a search begins a little before the new chunk at most.
    let searchFrom = Math.max(0, text.length - closing.length);
    text += chunk;
    if (text.includes("<!DOCTYPE", searchFrom)) throw new BadEntry(null, "declares a document type");
    for (;;) {
      const end = text.indexOf(closing, searchFrom);
      if (end < 0) break;
      const start = opening.exec(text)?.index ?? -1;
      if (start < 0 || start > end) throw new BadEntry(null, `closes <${name}> before it opens`);
      yield parseXml(text.slice(start, end + closing.length));
      text = text.slice(end + closing.length);
      searchFrom = 0;
    }
    if (text.length > feedPieceLimits.charsMax) throw new BadEntry(null, "holds an entry that is too long");
  }
  if (opening.test(text)) throw new BadEntry(null, "ends in the middle of an entry");
}

type Open = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string };

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<\/([^\s<>/]+)\s*>|<([^\s<>/!?]+)((?:\s+[^\s=<>/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;

/** One element with all that is in it. */
export function parseXml(text: string): XmlElement {
  const root: Open = { name: "", attributes: {}, children: [], text: "" };
  const open: Open[] = [root];
  token.lastIndex = 0;
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) throw new BadEntry(null, `is no XML near "${text.slice(at, at + 40)}"`);
    take(open, match);
  }
  const [element] = root.children;
  if (open.length !== 1 || element === undefined) throw new BadEntry(null, "is XML without its end");
  return element;
}

function take(open: Open[], [, cdata, closed, opened, attributes = "", alone, plain]: RegExpExecArray): void {
  const current = open.at(-1);
  if (current === undefined) throw new BadEntry(null, "closes more than it opened");
  if (cdata !== undefined) current.text += cdata;
  else if (plain !== undefined) current.text += decode(plain);
  else if (closed !== undefined) close(open, closed);
  else if (opened !== undefined) {
    if (open.length > feedPieceLimits.depthMax) throw new BadEntry(null, "is nested too deeply");
    const element = { name: opened, attributes: attributesOf(attributes), children: [], text: "" };
    current.children.push(element);
    if (alone !== "/") open.push(element);
  }
}

function close(open: Open[], name: string): void {
  const current = open.pop();
  if (current === undefined || open.length === 0 || current.name !== name) {
    throw new BadEntry(null, `closes <${name}> where another element is open`);
  }
}

function attributesOf(text: string): Record<string, string> {
  const found = text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries(
    Array.from(found, ([, name = "", double, single]) => [name, decode(double ?? single ?? "")]),
  );
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function decode(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === "string") return named[name] ?? whole;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}
