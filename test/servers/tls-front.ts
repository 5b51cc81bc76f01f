import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeCertificates } from "./certificates.ts";
import { makeScratch } from "./scratch.ts";

/** What stands before a Console in a company: TLS with a certificate of the company's own authority. */
export type TlsFront = Readonly<{ url: string; caCertificate: string; stop(): Promise<void> }>;

/** Serves over TLS what is served at the address. */
export async function startTlsFront(target: string): Promise<TlsFront> {
  const scratch = await makeScratch("tls-front");
  const { ca, certificate, key } = await makeCertificates(scratch.path);
  const { hostname, port, host } = new URL(target);
  const server = createServer({ cert: await readFile(certificate), key: await readFile(key) }, (asked, answer) => {
    const { method, url, headers } = asked;
    const onward = request({ hostname, port, path: url, method, headers: { ...headers, host } }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    onward.on("error", () => answer.writeHead(502).end());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as AddressInfo; // a listening TCP server has one
  return {
    url: `https://localhost:${own}`,
    caCertificate: await readFile(ca, "utf8"),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await scratch.remove();
    },
  };
}
