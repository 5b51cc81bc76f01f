import { Refusal } from "@rampart/kernel";
import {
  createFirstAdmin,
  isInitialized,
  listOwnProjects,
  renewToken,
  signIn,
  signOut,
  type OpenedSession,
} from "@rampart/identity";
import { anonymousCaller, bindIdentity, readApiToken, signApiToken } from "@rampart/identity/bind";
import { CreateFirstAdmin, SignIn } from "@rampart/identity/contract";
import { getSelf } from "@rampart/identity";
import type { RestDeps } from "./deps.ts";
import { readBody } from "./read-body.ts";

type PublicRoute = (request: Request, deps: RestDeps) => Promise<Response>;

/** Credentials also carry fields we do not use, such as a foreign token. */
const Credentials = SignIn.loose();

/** Routes that answer without a session, and those that make or end one. */
export const publicRoutes: ReadonlyMap<string, PublicRoute> = new Map<string, PublicRoute>([
  ["get /_ping", async () => new Response("OK", { headers: { "content-type": "text/plain" } })],
  [
    "get /settings/initialized",
    async (_request, deps) => Response.json({ initialized: await isInitialized(anonymous(deps)) }),
  ],
  ["post /signup", signUp],
  ["post /authenticate", authenticate],
  ["get /authenticate/renew", renew],
  ["post /logout", logOut],
]);

function anonymous(deps: RestDeps) {
  return bindIdentity(deps.platform, anonymousCaller(deps.sourceIp));
}

async function signUp(request: Request, deps: RestDeps): Promise<Response> {
  const asked = CreateFirstAdmin.parse(await readBody(request));
  await createFirstAdmin(anonymous(deps), asked, { tokenRequired: deps.setupTokenRequired });
  return new Response(null, { status: 200 });
}

async function authenticate(request: Request, deps: RestDeps): Promise<Response> {
  const { username, password } = Credentials.parse(await readBody(request));
  return tokenAnswer(await signIn(anonymous(deps), { username, password }, "token"), deps);
}

async function renew(request: Request, deps: RestDeps): Promise<Response> {
  const { caller } = await deps.authenticate(request);
  const ctx = bindIdentity(deps.platform, caller);
  return tokenAnswer(await renewToken(ctx, await getSelf(ctx)), deps);
}

async function logOut(request: Request, deps: RestDeps): Promise<Response> {
  const bearer = bearerOf(request.headers);
  const token = bearer === null ? null : await readApiToken(deps.tokenKey, bearer);
  if (token === null) throw new Refusal("unauthenticated", "identity.session.missing", "There is no session to end.");
  await signOut(anonymous(deps), token);
  return new Response(null, { status: 200 });
}

/** The token of an Authorization header, or of the header that older scripts use. */
export function bearerOf(headers: Headers): string | null {
  const given = /^bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "");
  return given?.[1] ?? headers.get("x-redlock-auth");
}

/** Clients cut the token out of the text, so the answer is exactly `{"token":"…"}`. */
async function tokenAnswer(session: OpenedSession, deps: RestDeps): Promise<Response> {
  const { user, token, expiresAt } = session;
  const projects = await listOwnProjects(anonymous(deps), user);
  const names = user.tenantId === null ? ["Central Console"] : projects.map((project) => project.name);
  const claims = { token, expiresAt, username: user.username, role: user.role, projects: names };
  return Response.json({ token: await signApiToken(deps.tokenKey, claims) });
}
