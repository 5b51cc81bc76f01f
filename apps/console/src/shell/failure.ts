/**
 * Next hides the message of an error that a server component threw; only its `digest` reaches the error page. Errors
 * whose message was written for the asker travel in it.
 */
const prefix = "rampart";

export type Failure = Readonly<{
  kind: "forbidden" | "invalid" | "outage" | "defect";
  message: string | null;
  code: string | undefined;
}>;

const kinds: Readonly<Record<string, Failure["kind"]>> = {
  FORBIDDEN: "forbidden",
  BAD_REQUEST: "invalid",
  CONFLICT: "invalid",
  PRECONDITION_FAILED: "invalid",
  TOO_MANY_REQUESTS: "outage",
  SERVICE_UNAVAILABLE: "outage",
};

export function toDigest(code: string, message: string): string {
  return `${prefix}|${code}|${message}`;
}

export function readDigest(digest: string | undefined): Failure {
  const [first, code = "", ...rest] = (digest ?? "").split("|");
  if (first !== prefix) return { kind: "defect", message: null, code: digest };
  return { kind: kinds[code] ?? "defect", message: rest.join("|"), code: undefined };
}
