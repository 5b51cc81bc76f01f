/** What a registry asks for before it answers (RFC 9110, section 11.6.1). */
export type Challenge =
  | Readonly<{ scheme: "basic" }>
  /** A token of this address, for this service and scope. */
  | Readonly<{ scheme: "bearer"; realm: string; service: string | null; scope: string | null }>;

const parameter = /([a-zA-Z]+)="([^"\\]*)"/g;

/** Null when it asks for something that no registry of the distribution protocol does. */
export function readChallenge(header: string): Challenge | null {
  const [scheme = ""] = header.trimStart().split(" ", 1);
  if (scheme.toLowerCase() === "basic") return { scheme: "basic" };
  if (scheme.toLowerCase() !== "bearer") return null;
  const given = new Map(
    [...header.matchAll(parameter)].map(([, name = "", value = ""]) => [name.toLowerCase(), value]),
  );
  const realm = given.get("realm");
  if (realm === undefined) return null;
  return { scheme: "bearer", realm, service: given.get("service") ?? null, scope: given.get("scope") ?? null };
}
