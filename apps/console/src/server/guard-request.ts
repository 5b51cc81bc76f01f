import type { IncomingMessage } from "node:http";

export type Forbidden = Readonly<{ status: number; message: string }>;

/** Nothing that a page or an integration sends is larger; archives never come this way. */
const bodyBytesMax = 16 * 1024 * 1024;
const readMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses what no page of ours would send. A browser names the origin of every request that changes something: one
 * from a foreign page is refused before any cookie is looked at (OWASP, CSRF prevention, origin verification).
 */
export function forbidRequest(
  request: Pick<IncomingMessage, "method" | "headers">,
  consoleUrl: string,
): Forbidden | null {
  if (Number(request.headers["content-length"] ?? 0) > bodyBytesMax) {
    return { status: 413, message: `The request is larger than ${bodyBytesMax} bytes.` };
  }
  if (readMethods.has(request.method ?? "GET")) return null;
  const { origin, host } = request.headers;
  if (origin === undefined || isOwnOrigin(origin, host, consoleUrl)) return siteOf(request);
  return { status: 403, message: "This request comes from a page of another site." };
}

function siteOf(request: Pick<IncomingMessage, "headers">): Forbidden | null {
  const site = request.headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return null;
  return { status: 403, message: "This request comes from a page of another site." };
}

function isOwnOrigin(origin: string, host: string | undefined, consoleUrl: string): boolean {
  if (origin === new URL(consoleUrl).origin) return true;
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
