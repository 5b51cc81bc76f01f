import { SaxesParser } from "saxes";
import { decodeText } from "./decode-text.ts";

/** Elements of one document. Gradle's verification metadata of the largest projects has about 100,000. */
const elementsMax = 500_000;
const depthMax = 64;
const declarationBytesMax = 256;

export type XmlElement = Readonly<{
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlElement[];
  text: string;
}>;
type OpenElement = { name: string; attributes: Record<string, string>; children: OpenElement[]; text: string };

/** The root element. Entities that the document itself declares are not expanded: naming one is an error. */
export function parseXml(bytes: Buffer): XmlElement {
  const document: OpenElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [document];
  let count = 0;
  const parser = new SaxesParser();
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    count += 1;
    if (count > elementsMax) throw new Error(`more than ${elementsMax} elements`);
    if (open.length > depthMax) throw new Error(`elements more than ${depthMax} deep`);
    const element: OpenElement = { name, attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.write(decodeXml(bytes)).close();
  const root = document.children[0];
  if (root === undefined) throw new Error("no element");
  return root;
}

/** The children of that name; none when there is no such element. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

export function childText(element: XmlElement | undefined, name: string): string | null {
  const text = childOf(element, name)?.text.trim() ?? "";
  return text === "" ? null : text;
}

/** XML says in its first line how it is encoded. */
function decodeXml(bytes: Buffer): string {
  const declaration = bytes.toString("latin1", 0, declarationBytesMax);
  const encoding = /^<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1];
  return decodeText(bytes, encoding);
}
