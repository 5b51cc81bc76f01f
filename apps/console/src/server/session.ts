import { openDefaultProject, openProject, resumeSession, signIn, type UserView } from "@rampart/identity";
import { anonymousCaller, bindIdentity, readApiToken, userCaller } from "@rampart/identity/bind";
import { Refusal, type Caller } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import { bearerOf, type RestAccess } from "@rampart/api/rest";
import type { ProjectAccess, RpcContext } from "@rampart/rpc";
import type { ProjectView } from "@rampart/tenancy";
import { sessionTokenOf } from "./auth.ts";
import { basicTokens } from "./basic-tokens.ts";
import { cookieName, isHttps, readCookie } from "./cookie.ts";
import { peerOf } from "./peer.ts";
import { platform, type ConsolePlatform } from "./platform.ts";

type SignedIn = Readonly<{ user: UserView; caller: Caller }>;

/** The context of one request to a procedure: who asks, and the door to the projects they may open. */
export async function rpcContext(headers: Headers): Promise<RpcContext> {
  const open = await platform();
  const sourceIp = peerOf(headers);
  const signedIn = await resume(open, await cookieToken(open, headers), "user", sourceIp);
  return {
    platform: open.rpc,
    caller: signedIn?.caller ?? null,
    sourceIp,
    async open(project): Promise<ProjectAccess> {
      if (signedIn === null) throw notSignedIn();
      const found = await openFor(open, signedIn, project);
      const scope = grantScope(found.tenantId, found.id);
      return { caller: signedIn.caller, scope, projectSlug: found.slug, projectName: found.name };
    },
  };
}

/** Who stands behind a request of the public API: bearer token, basic credentials, or for reads the page's cookie. */
export async function restAccess(request: Request): Promise<RestAccess> {
  const open = await platform();
  const sourceIp = peerOf(request.headers);
  const token =
    (await bearerToken(open, request.headers)) ??
    (await basicToken(open, request.headers, sourceIp)) ??
    (request.method === "GET" ? await cookieToken(open, request.headers) : null);
  const signedIn = await resume(open, token, "token", sourceIp);
  if (signedIn === null) throw notSignedIn();
  return { caller: signedIn.caller, openProject: (asked) => openFor(open, signedIn, asked) };
}

async function openFor(open: ConsolePlatform, signedIn: SignedIn, asked: string | undefined): Promise<ProjectView> {
  const ctx = bindIdentity(open.rpc, signedIn.caller);
  return asked === undefined ? openDefaultProject(ctx, signedIn.user) : openProject(ctx, signedIn.user, asked);
}

async function resume(
  open: ConsolePlatform,
  token: string | null,
  kind: "user" | "token",
  sourceIp: string,
): Promise<SignedIn | null> {
  if (token === null) return null;
  const user = await resumeSession(bindIdentity(open.rpc, anonymousCaller(sourceIp)), token);
  return user === null ? null : { user, caller: userCaller(user, kind, sourceIp) };
}

async function cookieToken(open: ConsolePlatform, headers: Headers): Promise<string | null> {
  const name = cookieName(isHttps(open.config.addresses.consoleUrl));
  return sessionTokenOf(readCookie(headers.get("cookie"), name));
}

async function bearerToken(open: ConsolePlatform, headers: Headers): Promise<string | null> {
  const bearer = bearerOf(headers);
  return bearer === null ? null : readApiToken(open.keys.apiToken, bearer);
}

/** Clients that send a password with every request would pay for hashing it each time; its session is kept instead. */
async function basicToken(open: ConsolePlatform, headers: Headers, sourceIp: string): Promise<string | null> {
  const given = /^basic\s+(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (given === undefined) return null;
  const [username = "", ...rest] = Buffer.from(given, "base64").toString("utf8").split(":");
  return basicTokens.get(given, async () => {
    const ctx = bindIdentity(open.rpc, anonymousCaller(sourceIp));
    return (await signIn(ctx, { username, password: rest.join(":") }, "token")).token;
  });
}

function notSignedIn(): Refusal {
  return new Refusal(
    "unauthenticated",
    "identity.session.missing",
    "Please sign in: the request carries no valid credentials.",
  );
}
