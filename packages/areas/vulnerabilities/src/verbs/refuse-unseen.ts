import { Refusal } from "@rampart/kernel";

/** Refuses to replace a list that is not the one its writer saw. Whoever names none wants it replaced in any case. */
export function refuseUnseen(seenDigest: string | undefined, digest: string): void {
  if (seenDigest === undefined || seenDigest === digest) return;
  throw new Refusal(
    "conflict",
    "vulnerabilities.own-list.changed",
    "Somebody else has changed this list in the meantime. Look at it again, then repeat your change.",
  );
}
