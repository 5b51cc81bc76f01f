import { randomBytes } from "node:crypto";
import { uuidV7, type Ids } from "@rampart/kernel";

/** Identifiers for running processes; tests bring their own. */
export const randomIds: Ids = { next: () => uuidV7(Date.now(), randomBytes(10)) };
