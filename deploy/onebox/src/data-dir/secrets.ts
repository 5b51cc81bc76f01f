import { randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Refusal } from "@rampart/kernel";
import { z } from "zod";

const Password = z.string().min(16).max(256);
const Secrets = z.object({ databaseOwner: Password, databaseService: Password });

/** Passwords between the parts of one Onebox. Nobody types them; they never leave the machine. */
export type Secrets = z.infer<typeof Secrets>;

/** Reads them from a file that only this user can read, made at the first start. */
export async function loadSecrets(dataDir: string): Promise<Secrets> {
  const file = path.join(dataDir, "secrets.json");
  const text = await readFile(file, "utf8").catch(() => null);
  if (text !== null) return parseSecrets(file, text);
  const secrets = { databaseOwner: newPassword(), databaseService: newPassword() };
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

function parseSecrets(file: string, text: string): Secrets {
  try {
    return Secrets.parse(JSON.parse(text));
  } catch {
    const message = `${file} is damaged. Restore it from a backup; the database cannot be opened without it.`;
    throw new Refusal("precondition", "onebox.secrets.damaged", message);
  }
}

function newPassword(): string {
  return randomBytes(24).toString("base64url");
}
