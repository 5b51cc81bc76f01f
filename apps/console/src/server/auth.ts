import { signIn, signOut } from "@rampart/identity";
import { anonymousCaller, bindIdentity } from "@rampart/identity/bind";
import { SignIn, sessionLifeMs } from "@rampart/identity/contract";
import { Refusal } from "@rampart/kernel";
import type { AuthOptions, User } from "next-auth";
import { decode } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { cookieName, isHttps } from "./cookie.ts";
import { peerOf } from "./peer.ts";
import { platform, type ConsolePlatform } from "./platform.ts";

/** What the cookie holds, encrypted: the secret of the session, whose hash is in the database. */
const CookiePayload = z.looseObject({ sessionToken: z.string().min(1).max(256) });

/** What `authorize` hands to the `jwt` callback. */
const SignedIn = z.looseObject({ sessionToken: z.string() });

/** Local users only, so far; the sign-in itself is a verb of identity. */
export async function authOptions(headers: Headers): Promise<AuthOptions> {
  const open = await platform();
  const secure = isHttps(open.config.addresses.consoleUrl);
  return {
    secret: open.keys.cookie,
    session: { strategy: "jwt", maxAge: sessionLifeMs / 1000 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    useSecureCookies: secure,
    cookies: {
      sessionToken: { name: cookieName(secure), options: { httpOnly: true, sameSite: "lax", path: "/", secure } },
    },
    providers: [
      CredentialsProvider({
        name: "Local user",
        credentials: { username: { type: "text" }, password: { type: "password" } },
        authorize: (given) => authorize(open, given, peerOf(headers)),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({
        ...token,
        ...(SignedIn.safeParse(user).data && { sessionToken: SignedIn.parse(user).sessionToken }),
      }),
    },
    events: { signOut: ({ token }) => endSession(open, token) },
  };
}

async function authorize(open: ConsolePlatform, given: unknown, peer: string): Promise<User | null> {
  const asked = SignIn.safeParse(z.object({ username: z.unknown(), password: z.unknown() }).safeParse(given).data);
  if (!asked.success) return null;
  try {
    const session = await signIn(bindIdentity(open.rpc, anonymousCaller(peer)), asked.data, "browser");
    // next-auth passes this object to the `jwt` callback, which keeps the token.
    return { id: session.user.id, name: session.user.username, sessionToken: session.token } as User;
  } catch (error) {
    if (error instanceof Refusal && error.kind === "unauthenticated") return null;
    throw error;
  }
}

async function endSession(open: ConsolePlatform, token: unknown): Promise<void> {
  const payload = CookiePayload.safeParse(token);
  if (payload.success) await signOut(bindIdentity(open.rpc, anonymousCaller()), payload.data.sessionToken);
}

/** The session secret inside the cookie of a request; null when there is none or it is not ours. */
export async function sessionTokenOf(cookie: string | undefined): Promise<string | null> {
  if (cookie === undefined) return null;
  const { keys } = await platform();
  const payload = await decode({ token: cookie, secret: keys.cookie }).catch(() => null);
  return CookiePayload.safeParse(payload).data?.sessionToken ?? null;
}
