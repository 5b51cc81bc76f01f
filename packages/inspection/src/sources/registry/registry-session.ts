import type { IncomingMessage } from "node:http";
import { Outage } from "@rampart/kernel";
import { isInternal, type Reach } from "../../net/reachable-address.ts";
import type { RegistryAccess } from "./registry-access.ts";
import { loginFor, unauthorized } from "./registry-login.ts";
import type { RegistryReference } from "./registry-reference.ts";
import { redirectOf, sendRequest } from "./send-request.ts";

/** From a registry to the store behind it and on; more is a ring. */
const redirectsMax = 5;

export const registryNamed = ({ host }: RegistryReference): string => `registry ${host}`;

/** Asks one repository of a registry. */
export class RegistrySession {
  readonly #reference: RegistryReference;
  readonly #access: RegistryAccess;
  readonly #signal: AbortSignal | undefined;
  readonly #origin: URL;
  #authorization: string | null = null;
  /** A registry that is itself inside may send to a store inside; one that is outside may not. */
  #reach: Reach = "anywhere";

  constructor(reference: RegistryReference, access: RegistryAccess, signal?: AbortSignal) {
    this.#reference = reference;
    this.#access = access;
    this.#signal = signal;
    this.#origin = new URL(`${access.plainHttp === true ? "http" : "https"}://${reference.host}`);
  }

  /** The answer to a path below the repository; null when there is nothing there. */
  async get(path: string, accept?: string): Promise<IncomingMessage | null> {
    const answer = await this.#askLoggedIn(path, accept);
    const status = answer.statusCode ?? 0;
    if (status === 200) return answer;
    answer.resume();
    if (status === 404) return null;
    if (status === 401 || status === 403) throw unauthorized(this.#reference, this.#access);
    throw this.#outage(`it answers with status ${status}`);
  }

  async #askLoggedIn(path: string, accept: string | undefined): Promise<IncomingMessage> {
    const address = new URL(`/v2/${this.#reference.repository}/${path}`, this.#origin);
    const answer = await this.#follow(address, accept);
    if (answer.statusCode !== 401 || this.#authorization !== null) return answer;
    answer.resume();
    const login = { reference: this.#reference, access: this.#access, sending: this.#sending(this.#reach) };
    this.#authorization = await loginFor(answer.headers["www-authenticate"] ?? "", login);
    return this.#follow(address, accept);
  }

  async #follow(first: URL, accept: string | undefined): Promise<IncomingMessage> {
    let address = first;
    for (let redirects = 0; redirects <= redirectsMax; redirects += 1) {
      const answer = await this.#ask(address, accept);
      const next = redirectOf(answer, address);
      if (next === null) return answer;
      answer.resume();
      if (next.protocol !== "https:" && this.#access.plainHttp !== true) {
        throw this.#outage(`it sends to ${next.host} without TLS`);
      }
      address = next;
    }
    throw this.#outage("it keeps sending elsewhere");
  }

  /** Secrets go to the registry alone; where it sends on, nobody learns them. */
  async #ask(address: URL, accept: string | undefined): Promise<IncomingMessage> {
    const isOwn = address.origin === this.#origin.origin;
    const authorization = isOwn ? this.#authorization : null;
    const headers = { ...(accept !== undefined && { accept }), ...(authorization !== null && { authorization }) };
    const answer = await sendRequest(address, { ...this.#sending(isOwn ? "anywhere" : this.#reach), headers });
    if (isOwn) this.#reach = isInternal(answer.socket.remoteAddress ?? "") ? "anywhere" : "public";
    return answer;
  }

  #sending(reach: Reach) {
    const { caCertificate } = this.#access;
    return { system: registryNamed(this.#reference), reach, caCertificate, signal: this.#signal };
  }

  #outage(why: string): Outage {
    return new Outage(registryNamed(this.#reference), new Error(why));
  }
}
