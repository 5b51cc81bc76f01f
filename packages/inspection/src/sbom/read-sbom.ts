import { gunzipSync } from "node:zlib";
import { messageOf } from "@rampart/kernel";
import { z } from "zod";
import type { Inspection } from "../contract.ts";
import { parseYaml } from "../lockfiles/parse-document.ts";
import { parseCycloneDxXml } from "./cyclonedx/parse-cyclonedx-xml.ts";
import { readCycloneDx } from "./cyclonedx/read-cyclonedx.ts";
import { inventoryOfDocument } from "./inventory-of-document.ts";
import type { ListedDocument } from "./listed-component.ts";
import { parseJson } from "./parse-json.ts";
import { notAnSbom, sbomOverLimit } from "./refuse-document.ts";
import { parseTagValue } from "./spdx/parse-tag-value.ts";
import { readSpdx } from "./spdx/read-spdx.ts";
import { readSpdx3 } from "./spdx/read-spdx3.ts";

/** The largest bills of materials of whole images, with all their files, have about 100 MB. */
export const sbomBytesMax = 128 * 1024 * 1024;

/** Comments may stand before the line that says what a document without brackets is. */
const headLength = 16_384;

/** `format` as the document names it, such as `CycloneDX 1.6`; `subject` is what it is about. */
export type ReadSbom = Readonly<{ format: string; subject: string; inspection: Inspection }>;

/**
 * Reads a bill of materials: CycloneDX 1.2 and later (JSON, XML), SPDX 2 (JSON, YAML, tag-value) and SPDX 3 (JSON), also
 * packed with gzip. Refuses what is none; parts that make no sense become warnings of the inventory.
 */
export function readSbom(bytes: Buffer): ReadSbom {
  if (bytes.length > sbomBytesMax) throw sbomOverLimit(`it has more than ${sbomBytesMax / 1024 / 1024} MiB`);
  const document = readDocument(unpack(bytes));
  return {
    format: document.format,
    subject: document.subject.slice(0, 256),
    inspection: { image: null, inventory: inventoryOfDocument(document) },
  };
}

/** Documents are kept packed where there are many of them. */
function unpack(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: sbomBytesMax });
  } catch (error) {
    throw notAnSbom(`it cannot be unpacked (${messageOf(error)})`);
  }
}

function readDocument(bytes: Buffer): ListedDocument {
  const text = decode(bytes).trim();
  if (text.startsWith("{")) return readJsonDocument(parseJson(bytes, text));
  if (text.startsWith("<")) return readCycloneDx(parseCycloneDxXml(bytes));
  const head = text.slice(0, headLength);
  if (/^SPDXVersion:/m.test(head)) return readSpdx(parseTagValue(text));
  if (/^["']?(?:spdxVersion|SPDXID)["']?:/m.test(head)) return readSpdx(readYaml(bytes));
  throw notAnSbom(text === "" ? "it is empty" : "it is neither CycloneDX nor SPDX");
}

/** Windows shells redirect into files of UTF-16. */
function decode(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isWide ? "utf-16le" : "utf-8").decode(bytes);
}

function readJsonDocument(given: unknown): ListedDocument {
  const json = unwrap(given);
  const has = (key: string) => typeof json === "object" && json !== null && key in json;
  if (has("bomFormat")) return readCycloneDx(json);
  if (has("spdxVersion")) return readSpdx(json);
  if (has("@graph")) return readSpdx3(json);
  throw notAnSbom("the JSON is neither CycloneDX nor SPDX");
}

/** An attestation (in-toto in a DSSE envelope) carries the document as its predicate; its signature is not checked. */
const Envelope = z.looseObject({ payloadType: z.string().max(256), payload: z.string().max(sbomBytesMax * 2) });
const Statement = z.looseObject({ predicate: z.unknown() });
const Predicate = z.looseObject({ Data: z.unknown() });

function unwrap(json: unknown): unknown {
  const envelope = Envelope.safeParse(json);
  if (!envelope.success) return Statement.safeParse(json).data?.predicate ?? json;
  const payload = Buffer.from(envelope.data.payload, "base64");
  const statement = Statement.safeParse(parseJson(payload, payload.toString("utf8")));
  if (!statement.success) throw notAnSbom("it is an attestation without a document in it");
  const { predicate } = statement.data;
  return Predicate.safeParse(predicate).data?.Data ?? predicate;
}

function readYaml(bytes: Buffer): unknown {
  try {
    return parseYaml(bytes, z.unknown())[0];
  } catch (error) {
    throw notAnSbom(`the YAML cannot be read (${messageOf(error)})`);
  }
}
