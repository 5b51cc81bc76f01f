import { createServer } from "node:net";
import { Refusal } from "@rampart/kernel";
import { findListener } from "./find-listener.ts";

/** Refuses with the variable's name, and the other program's where it can be known, when a port cannot be opened. */
export async function checkPort(variable: string, address: string, port: number): Promise<void> {
  const code = await tryToListen(address, port);
  if (code === null) return;
  throw new Refusal(
    "precondition",
    "onebox.port.unavailable",
    `${variable}: ${await explain(code, variable, address, port)}`,
  );
}

async function explain(code: string, variable: string, address: string, port: number): Promise<string> {
  if (code === "EADDRINUSE") {
    const holder = await findListener(port);
    const by = holder === null ? "another program" : `${holder.name} (process ${holder.pid})`;
    return `port ${port} is in use by ${by}. Stop it, or set ${variable} to a free port.`;
  }
  if (code === "EACCES") return `only root may open port ${port}. Set ${variable} to a port from 1024 on.`;
  if (code === "EADDRNOTAVAIL") return `this machine has no address ${address}. Set RAMPART_BIND to one of its own.`;
  return `port ${port} cannot be opened on ${address} (${code}).`;
}

/** Null when it worked, else the error's code. */
function tryToListen(address: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

/** A free port of loopback: the wanted one when it can be had, else any. */
export async function freeLoopbackPort(wanted: number | null): Promise<number> {
  if (wanted !== null && (await tryToListen("127.0.0.1", wanted)) === null) return wanted;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
