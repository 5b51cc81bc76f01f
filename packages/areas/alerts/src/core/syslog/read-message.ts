import { syslogFacilities } from "../../contract.ts";
import { unescapeParam, unescapeText } from "./escape.ts";
import type { Pair } from "./fit-pairs.ts";
import { structuredDataId, type SyslogMessage, type SyslogSeverity } from "./format-message.ts";

const header = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) (.*)$/su;
const pair = /([^\s="\]]+)="((?:[^"\\]|\\.)*)"/gsu;

/** Reads what `formatMessage` wrote, as a receiver would; null when it is not such a message. */
export function readMessage(line: string): SyslogMessage | null {
  const [, priority, timestamp = "", hostname = "", appName = "", procId = "", msgId = "", rest = ""] =
    header.exec(line) ?? [];
  const facility = syslogFacilities[Math.floor(Number(priority) / 8)];
  const body = splitBody(rest);
  if (facility === undefined || body === null) return null;
  return {
    facility,
    // The remainder of a division by eight is one of the eight severities.
    severity: (Number(priority) % 8) as SyslogSeverity,
    timestamp,
    hostname,
    appName,
    procId,
    msgId,
    params: readPairs(body.structured, unescapeParam),
    pairs: readPairs(body.text, unescapeText),
  };
}

function splitBody(rest: string): { structured: string; text: string } | null {
  if (rest === "-" || rest.startsWith("- ")) return { structured: "", text: withoutMark(rest.slice(2)) };
  const element = new RegExp(
    `^\\[${structuredDataId}((?: [^\\s="\\]]+="(?:[^"\\\\\\]]|\\\\.)*")*)\\](?: (.*))?$`,
    "su",
  );
  const [whole, structured = "", text = ""] = element.exec(rest) ?? [];
  return whole === undefined ? null : { structured, text: withoutMark(text) };
}

function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function readPairs(text: string, unescape: (value: string) => string): Pair[] {
  return Array.from(text.matchAll(pair), ([, key = "", value = ""]) => [key, unescape(value)] as const);
}
