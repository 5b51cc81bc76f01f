import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { apiTokenLifeMs, type Role } from "../contract.ts";

const issuer = "rampart";

const Payload = z.object({ jti: z.string().min(1).max(256) });

/**
 * The token of the public API: a JWT that carries the session's secret as `jti`, and for older clients the names of
 * the projects they may open, the first of which they take as default.
 */
export async function signApiToken(
  key: Uint8Array,
  session: { token: string; expiresAt: Date; username: string; role: Role; projects: readonly string[] },
): Promise<string> {
  return new SignJWT({
    user: session.username,
    role: session.role,
    groups: null,
    roles: [session.role],
    permissions: session.projects.map((project) => ({ project })),
    sessionTimeoutSec: apiTokenLifeMs / 1000,
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(issuer)
    .setJti(session.token)
    .setExpirationTime(session.expiresAt)
    .sign(key);
}

/** The session secret inside a token of ours; null when it is forged, over or something else. */
export async function readApiToken(key: Uint8Array, jwt: string): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(jwt, key, { issuer, algorithms: ["HS256"] });
    return Payload.parse(payload).jti;
  } catch {
    return null; // a bad token is an expected input; the caller answers 401
  }
}
