/** Writes what happens: lines for people, or JSON for a collector. */
export type Log = Readonly<{
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** A line that a part of the product wrote. */
  part(name: string, line: string): void;
}>;

type Entry = Readonly<{
  time: string;
  level: string;
  part: string;
  msg: string;
  rest: Readonly<Record<string, unknown>>;
}>;

const partWidth = 8;

export function createLog(format: "text" | "json", write: (text: string) => void): Log {
  const put = (entry: Entry) => write(`${format === "json" ? toJson(entry) : toText(entry)}\n`);
  const own = (level: string) => (msg: string) =>
    put({ time: new Date().toISOString(), level, part: "onebox", msg, rest: {} });
  return {
    info: own("info"),
    warn: own("warn"),
    error: own("error"),
    part: (name, line) => put(readLine(name, line)),
  };
}

/** The parts log JSON; whatever else they or their libraries print is a message all the same. */
function readLine(part: string, line: string): Entry {
  const plain = { time: new Date().toISOString(), level: "info", part, msg: line, rest: {} };
  if (!line.startsWith("{")) return plain;
  try {
    const {
      time = plain.time,
      level = "info",
      msg = "",
      process: _part,
      ...rest
    }: Record<string, unknown> = JSON.parse(line);
    return { time: String(time), level: String(level), part, msg: String(msg), rest };
  } catch {
    return plain;
  }
}

function toJson({ time, level, part, msg, rest }: Entry): string {
  return JSON.stringify({ time, level, part, msg, ...rest });
}

function toText({ time, level, part, msg, rest }: Entry): string {
  const { err, ...plain } = rest;
  const fields = Object.entries(plain).map(
    ([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  const head = `${time.slice(11, 23)} ${part.padEnd(partWidth)} ${level.padEnd(5)} ${[msg, ...fields].join(" ")}`;
  return err === undefined ? head : `${head}\n${indent(stackOf(err))}`;
}

function stackOf(err: unknown): string {
  if (typeof err !== "object" || err === null) return String(err);
  if ("stack" in err && typeof err.stack === "string") return err.stack;
  return "message" in err ? String(err.message) : JSON.stringify(err);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "    ");
}
