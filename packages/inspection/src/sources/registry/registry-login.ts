import { Outage, Refusal } from "@rampart/kernel";
import { z } from "zod";
import { tryJson } from "../try-json.ts";
import { readBytes } from "./read-bytes.ts";
import { readChallenge, type Challenge } from "./read-challenge.ts";
import type { RegistryAccess } from "./registry-access.ts";
import type { RegistryReference } from "./registry-reference.ts";
import { sendRequest, type Sending } from "./send-request.ts";

const tokenBytesMax = 65_536;

const Token = z
  .object({ token: z.string().max(tokenBytesMax).optional(), access_token: z.string().max(tokenBytesMax).optional() })
  .transform(({ token, access_token: other }) => token ?? other);

type Login = Readonly<{
  reference: RegistryReference;
  access: RegistryAccess;
  sending: Omit<Sending, "headers">;
}>;

/** What to send along after a registry has asked for a login with this header. */
export async function loginFor(header: string, login: Login): Promise<string> {
  const { reference, access, sending } = login;
  const challenge = readChallenge(header);
  if (challenge === null)
    throw new Outage(sending.system, new Error("it asks for a login of a kind that is not known"));
  if (challenge.scheme === "bearer") return `Bearer ${await tokenFor(challenge, login)}`;
  const basic = basicOf(access);
  if (basic === null) throw unauthorized(reference, access);
  return basic;
}

async function tokenFor(
  { realm, service, scope }: Extract<Challenge, { scheme: "bearer" }>,
  { reference, access, sending }: Login,
): Promise<string> {
  const address = new URL(realm);
  if (address.protocol !== "https:" && access.plainHttp !== true) {
    throw new Outage(sending.system, new Error(`it sends to ${address.host} for a token without TLS`));
  }
  if (service !== null) address.searchParams.set("service", service);
  address.searchParams.set("scope", scope ?? `repository:${reference.repository}:pull`);
  const basic = basicOf(access);
  const answer = await sendRequest(address, { ...sending, headers: basic === null ? {} : { authorization: basic } });
  const bytes = await readBytes(answer, tokenBytesMax, "The token of the registry");
  if (answer.statusCode !== 200) throw unauthorized(reference, access);
  const token = Token.safeParse(tryJson(bytes));
  if (!token.success || token.data === undefined) throw new Outage(sending.system, new Error("it gives no token"));
  return token.data;
}

function basicOf({ username, password }: RegistryAccess): string | null {
  if (username === undefined || password === undefined) return null;
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

export function unauthorized({ host }: RegistryReference, { username }: RegistryAccess): Refusal {
  const message =
    username === undefined
      ? `The registry ${host} lets nobody read this image without a login.`
      : `The registry ${host} does not let "${username}" read this image; look at the password and the rights.`;
  return new Refusal("unauthenticated", "inspection.registry.unauthorized", message);
}
