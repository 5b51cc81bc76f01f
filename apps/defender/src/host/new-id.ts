import { randomBytes } from "node:crypto";
import { uuidV7 } from "@rampart/kernel";

/** A UUID version 7: one that is made later sorts later. */
export function newId(): string {
  return uuidV7(Date.now(), randomBytes(10));
}
