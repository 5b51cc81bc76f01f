import { readFile } from "node:fs/promises";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { join } from "node:path";
import { createLogger } from "@rampart/telemetry";
import next from "next";
import { announceAddress, readConsoleConfig } from "./config.ts";
import { forbidRequest } from "./guard-request.ts";
import { peerHeader } from "./peer.ts";

const logger = createLogger({ process: "console" });
/** A request that takes longer is cut; pages stream within it. */
const requestMs = 120_000;
const stopMs = 5_000;

async function main(): Promise<void> {
  const config = readConsoleConfig();
  announceAddress(config);
  const { host, port, tls } = config.listen;
  const app = next({ dev: false, dir: join(import.meta.dirname, "../.."), hostname: host, port });
  await app.prepare();
  const answer = app.getRequestHandler();

  function serve(request: IncomingMessage, response: ServerResponse): void {
    // Only this server knows the peer; whatever a client claims is overwritten.
    request.headers[peerHeader] = request.socket.remoteAddress ?? "unknown";
    const forbidden = forbidRequest(request, config.addresses.consoleUrl);
    if (forbidden !== null) {
      response
        .writeHead(forbidden.status, { "content-type": "application/json" })
        .end(JSON.stringify({ err: forbidden.message }));
      return;
    }
    answer(request, response).catch((error: unknown) => {
      logger.error({ err: error, url: request.url }, "request failed");
      response.destroy();
    });
  }

  const server =
    tls === undefined
      ? createHttpServer(serve)
      : createHttpsServer(
          { cert: await readFile(tls.certFile), key: await readFile(tls.keyFile), minVersion: "TLSv1.2" },
          serve,
        );
  server.requestTimeout = requestMs;
  server.on("error", (error) => {
    logger.fatal({ err: error }, `the Console cannot listen on ${host}:${port}`);
    process.exit(1);
  });
  server.listen(port, host, () => {
    logger.info({ url: config.addresses.consoleUrl }, "console ready");
    process.send?.({ type: "ready" });
  });

  function stop(): void {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), stopMs).unref();
  }
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
  // The parent that started this process is gone: nobody would stop it otherwise.
  process.once("disconnect", stop);
}

main().catch((error: unknown) => {
  logger.fatal({ err: error }, "the Console cannot start");
  process.exit(1);
});
