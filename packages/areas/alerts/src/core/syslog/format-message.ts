import { syslogFacilities, type SyslogFacility } from "../../contract.ts";
import { escapeParam, escapeText } from "./escape.ts";
import { fitPairs, type Pair } from "./fit-pairs.ts";
import { utf8Length } from "./utf8.ts";

/**
 * The structured data is registered under the private enterprise number 32473, which IANA reserves for examples and
 * documentation (RFC 5612): the project has no number of its own. Receivers find our element by this name.
 */
export const structuredDataId = "rampart@32473";

/** RFC 5424, table 2, as a number. */
export type SyslogSeverity = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type SyslogMessage = Readonly<{
  facility: SyslogFacility;
  severity: SyslogSeverity;
  /** RFC 3339 in UTC with milliseconds. */
  timestamp: string;
  hostname: string;
  appName: string;
  procId: string;
  msgId: string;
  /** Parameters of our element; a name may come more than once. */
  params: readonly Pair[];
  /** The message text as `key="value"` pairs. */
  pairs: readonly Pair[];
}>;

const byteOrderMark = "\uFEFF";
const byteOrderMarkBytes = 3;

/** One message of RFC 5424 in at most `bytesMax` bytes, without a line break. */
export function formatMessage(message: SyslogMessage, bytesMax: number): string {
  const header = formatHeader(message);
  const left = bytesMax - utf8Length(header);
  // Structured data may take half of what the header leaves; the text gets the rest.
  const structured = formatStructuredData(message.params, Math.floor(left / 2));
  const text = formatText(message.pairs, left - utf8Length(structured) - 1);
  return text === "" ? header + structured : `${header}${structured} ${text}`;
}

function formatHeader({ facility, severity, timestamp, hostname, appName, procId, msgId }: SyslogMessage): string {
  const priority = syslogFacilities.indexOf(facility) * 8 + severity;
  const fields = [
    timestamp,
    headerField(hostname, 255),
    headerField(appName, 48),
    headerField(procId, 128),
    headerField(msgId, 32),
  ];
  return `<${priority}>1 ${fields.join(" ")} `;
}

/** Header fields are visible ASCII; anything else becomes `_`, nothing at all becomes the nil value. */
function headerField(value: string, lengthMax: number): string {
  return (
    value
      .toWellFormed()
      .replaceAll(/[^\u0021-\u007e]/gu, "_")
      .slice(0, lengthMax) || "-"
  );
}

function formatStructuredData(params: readonly Pair[], bytesMax: number): string {
  const frame = `[${structuredDataId}]`;
  const fitted = fitPairs(params, bytesMax - frame.length, escapeParam);
  return fitted === "" ? "-" : `[${structuredDataId}${fitted}]`;
}

/** RFC 5424, section 6.4: text that is not plain ASCII starts with the byte order mark, plain ASCII needs none. */
function formatText(pairs: readonly Pair[], bytesMax: number): string {
  const text = fitPairs(pairs, bytesMax, escapeText).trimStart();
  if (isAscii(text)) return text;
  return byteOrderMark + fitPairs(pairs, bytesMax - byteOrderMarkBytes, escapeText).trimStart();
}

function isAscii(text: string): boolean {
  return !/[^\u0000-\u007f]/u.test(text);
}
