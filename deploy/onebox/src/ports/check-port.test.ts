import { createServer, type AddressInfo, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { checkPort, freeLoopbackPort } from "./check-port.ts";

let server: Server | undefined;
afterEach(() => void server?.close());

test("says which variable to change and which process holds the port", async () => {
  const port = await listenAnywhere();
  await expect(checkPort("RAMPART_CONSOLE_PORT", "127.0.0.1", port)).rejects.toThrow(
    new RegExp(
      `RAMPART_CONSOLE_PORT: port ${port} is in use by .+ \\(process ${process.pid}\\).*set RAMPART_CONSOLE_PORT`,
    ),
  );
});

test("says when the machine has no such address", async () => {
  await expect(checkPort("RAMPART_CONSOLE_PORT", "192.0.2.1", 18_083)).rejects.toThrow(
    /no address 192\.0\.2\.1.*RAMPART_BIND/,
  );
});

test("keeps the wanted port unless another program has it", async () => {
  const port = await listenAnywhere();
  expect(await freeLoopbackPort(port)).not.toBe(port);
  const free = await freeLoopbackPort(null);
  expect(await freeLoopbackPort(free)).toBe(free);
});

function listenAnywhere(): Promise<number> {
  return new Promise((resolve) => {
    const opened = createServer();
    server = opened;
    // The address of a TCP server is never a path.
    opened.listen(0, "127.0.0.1", () => resolve((opened.address() as AddressInfo).port));
  });
}
