import { Outage, Refusal } from "@rampart/kernel";
import { z } from "zod";

export type ConsoleClient = Readonly<{
  /** Sends JSON and parses the answer; refusals of the Console arrive as Refusals in its own words. */
  call<Answer extends z.ZodType>(
    method: "GET" | "POST",
    path: string,
    body: unknown,
    answer: Answer,
  ): Promise<z.infer<Answer>>;
  /** Opens a download of any size. */
  download(path: string): Promise<AsyncIterable<Uint8Array>>;
}>;

export type ConsoleAddress = Readonly<{ url: string; token: string; project?: string }>;

const answerMs = 60_000;
/** Making and fetching the largest download takes less. */
const downloadMs = 30 * 60_000;
const ErrorBody = z.object({ err: z.string() });

/** Talks to the public API of a Console with a bearer token. */
export function consoleClient(address: ConsoleAddress): ConsoleClient {
  const headers = { authorization: `Bearer ${address.token}` };
  const urlOf = (path: string): URL => {
    const url = new URL(`/api/v1${path}`, address.url);
    if (address.project !== undefined) url.searchParams.set("project", address.project);
    return url;
  };
  return {
    async download(path) {
      const url = urlOf(path);
      const response = await request(url, { method: "GET", headers, waitMs: downloadMs });
      if (!response.ok || response.body === null) throw refusalOf(response.status, await response.text(), url);
      return response.body;
    },
    async call(method, path, body, answer) {
      const url = urlOf(path);
      const response = await request(url, { method, body, headers, waitMs: answerMs });
      const text = await response.text();
      if (!response.ok) throw refusalOf(response.status, text, url);
      return answer.parse(text === "" ? null : JSON.parse(text));
    },
  };
}

/** Trades a name and a password for a token. */
export async function signIn(url: string, username: string, password: string): Promise<string> {
  const at = new URL("/api/v1/authenticate", url);
  const response = await request(at, { method: "POST", body: { username, password }, headers: {}, waitMs: answerMs });
  const text = await response.text();
  if (!response.ok) throw refusalOf(response.status, text, at);
  return z.object({ token: z.string() }).parse(JSON.parse(text)).token;
}

type Asked = Readonly<{ method: string; body?: unknown; headers: Readonly<Record<string, string>>; waitMs: number }>;

async function request(url: URL, { method, body, headers, waitMs }: Asked): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(waitMs),
    });
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    throw new Outage(`the Console at ${url.origin}`, reason);
  }
}

function refusalOf(status: number, text: string, url: URL): Error {
  let message = `${url.pathname} answered ${status}.`;
  try {
    message = ErrorBody.parse(JSON.parse(text)).err;
  } catch {
    // Not one of our answers: a proxy in between, perhaps. The status says enough.
  }
  if (status >= 500) return new Outage(`the Console at ${url.origin}`, new Error(message));
  return new Refusal(status === 401 ? "unauthenticated" : "invalid", "cli.console.refused", message);
}
