import { pino, type Logger } from "pino";

export { runProcess, type Running } from "./run-process.ts";
export type { Logger };

/** Keys whose values never reach a log, wherever they stand in the logged object. */
const redacted = ["password", "token", "authorization", "cookie", "privateKey", "secret"];

/** A logger of JSON lines on standard output; `process` names the part of the product, such as `gateway`. */
export function createLogger(options: { process: string; level?: string }): Logger {
  return pino({
    base: { process: options.process },
    level: options.level ?? "info",
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted.flatMap((key) => [key, `*.${key}`]), censor: "***" },
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: pino.stdSerializers.err },
  });
}
