/** Lines of JSON on standard output, in the form that all processes of the product write; kept tiny on purpose. */
export type Log = Readonly<Record<"debug" | "info" | "warn" | "error", (fields: object, message: string) => void>>;

export const levels = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

export function openLog(lowest: Level, write: (line: string) => void = (line) => void process.stdout.write(line)): Log {
  const at = (level: Level) => (fields: object, message: string) => {
    if (levels.indexOf(level) < levels.indexOf(lowest)) return;
    const line = {
      level,
      time: new Date().toISOString(),
      process: "defender",
      ...describeErrors(fields),
      msg: message,
    };
    write(`${JSON.stringify(line)}\n`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** An error has no enumerable fields; its message and that of its cause are what an operator needs. */
function describeErrors(fields: object): object {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describeError(value) : value]),
  );
}

function describeError(error: Error): object {
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  return { type: error.name, message: error.message, ...cause };
}
