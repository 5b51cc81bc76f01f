import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { GatewayProblem } from "@rampart/protocol";

export type HttpProblem = GatewayProblem & Readonly<{ status: number; retryAfterSeconds?: number }>;

const statusTexts: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  404: "Not Found",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

export function answerProblem(response: ServerResponse, { status, err, reason, retryAfterSeconds }: HttpProblem): void {
  if (retryAfterSeconds !== undefined && !response.headersSent) response.setHeader("retry-after", retryAfterSeconds);
  answerJson(response, status, { err, reason });
}

/** Refuses an upgrade: there is no response object yet, only the socket. */
export function refuseUpgrade(socket: Duplex, { status, err, reason, retryAfterSeconds }: HttpProblem): void {
  const body = JSON.stringify({ err, reason });
  const lines = [
    `HTTP/1.1 ${status} ${statusTexts[status] ?? "Refused"}`,
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
    ...(retryAfterSeconds === undefined ? [] : [`retry-after: ${retryAfterSeconds}`]),
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}

/** The whole body as text, or null when it is longer than allowed. */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    // Without an encoding set, a request delivers buffers.
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > bytesMax) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
