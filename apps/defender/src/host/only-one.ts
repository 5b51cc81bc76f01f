import { createHash } from "node:crypto";
import { realpath } from "node:fs/promises";
import { createServer } from "node:net";
import { Refusal } from "@rampart/kernel";

/**
 * Lets one process at a time use a folder: two would number different reports alike. Held by a socket with an abstract
 * name, which the kernel frees when the process ends, however it ends.
 */
export async function holdFolder(folder: string): Promise<void> {
  const name = createHash("sha256")
    .update(await realpath(folder))
    .digest("hex");
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", () => {
      const message = `Another Defender uses ${folder}. Stop it first, or give this one another RAMPART_DEFENDER_DIR.`;
      reject(new Refusal("conflict", "defender.folder.in-use", message));
    });
    server.listen(`\0rampart-defender-${name}`, resolve);
  });
  server.unref();
}
