import { hash, verify } from "@node-rs/argon2";
import type { Passwords } from "../ports.ts";

/** RFC 9106 section 4, second recommended option (64 MiB, 3 passes), with one lane: two cores serve many people. */
const cost = { memoryCost: 64 * 1024, timeCost: 3, parallelism: 1 };

let decoy: Promise<string> | undefined;

/** Verified when there is no such user, so that a missing name takes as long as a wrong password. */
function decoyHash(): Promise<string> {
  decoy ??= hash("no user has this password", cost);
  return decoy;
}

export const argon2Passwords: Passwords = {
  hash: (password) => hash(password, cost),
  async verify(passwordHash, password) {
    const matches = await verify(passwordHash ?? (await decoyHash()), password);
    return matches && passwordHash !== null;
  },
};
