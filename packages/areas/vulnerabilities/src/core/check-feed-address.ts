import type { SaveFeedLocation } from "../contract.ts";

/** Why a location cannot be asked the way that was given; null when it can. */
export type FeedAddressFault = "credential-in-address" | "credential-in-the-clear" | "credential-for-folder";

const address = /^(https?):\/\/([^/?#]*)/i;

/** A credential is sealed where it is stored and encrypted where it travels, or it is not taken. */
export function checkFeedAddress({
  location,
  credential,
  caCertificate,
}: Pick<SaveFeedLocation, "location" | "credential" | "caCertificate">): FeedAddressFault | null {
  const [, scheme, authority = ""] = address.exec(location) ?? [];
  if (authority.includes("@")) return "credential-in-address";
  const isGiven = (credential ?? caCertificate ?? null) !== null;
  if (!isGiven || scheme?.toLowerCase() === "https") return null;
  return scheme === undefined ? "credential-for-folder" : "credential-in-the-clear";
}
