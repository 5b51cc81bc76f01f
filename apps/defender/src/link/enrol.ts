import { request } from "node:https";
import { Outage, Refusal } from "@rampart/kernel";
import { EnrolmentAnswer, enrolmentPath, GatewayProblem, type EnrolmentRequest } from "@rampart/protocol";
import type { Identity } from "./identity.ts";
import { makeKeyAndRequest } from "./make-request.ts";
import { fetchPinnedAuthority } from "./pinned-authority.ts";

export type Enrolment = Readonly<{
  gatewayUrl: string;
  token: string;
  pin: string;
  host: Pick<EnrolmentRequest, "hostname" | "defenderVersion" | "machineId">;
}>;

type Answer = Readonly<{ status: number; body: unknown }>;

const answerTimeoutMs = 30_000;
const answerBytesMax = 64 * 1024;
const created = 201;

/** Makes a key on this host and has it certified. Throws an Outage when trying again may help, else a Refusal. */
export async function enrol({ gatewayUrl, token, pin, host }: Enrolment): Promise<Identity> {
  const authority = await fetchPinnedAuthority(gatewayUrl, pin);
  const { key, csr } = await makeKeyAndRequest();
  const asked: EnrolmentRequest = { token, csr, ...host };
  const answer = await post(new URL(enrolmentPath, gatewayUrl), JSON.stringify(asked), authority);
  if (answer.status !== created) throw toError(answer);
  const granted = EnrolmentAnswer.safeParse(answer.body);
  if (!granted.success) throw new Outage("the gateway", new Error("its answer to the enrolment cannot be read"));
  return { ...granted.data, key };
}

function toError({ status, body }: Answer): Error {
  const problem = GatewayProblem.safeParse(body);
  const text = problem.success ? problem.data.err : `status ${status}`;
  if (status >= 500 || status === 429) return new Outage("the gateway", new Error(text));
  const reason = problem.success ? problem.data.reason : "defender.enrolment.refused";
  return new Refusal("forbidden", reason, `The gateway refused to enrol this host: ${text}`);
}

function post(url: URL, body: string, authority: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const asked = request(url, { method: "POST", ca: authority, headers, timeout: answerTimeoutMs, agent: false });
    asked.once("timeout", () => asked.destroy(new Error(`no answer within ${answerTimeoutMs} ms`)));
    asked.once("error", (cause) => reject(new Outage("the gateway", cause)));
    asked.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        if (text.length < answerBytesMax) text += part;
      });
      response.once("error", (cause) => reject(new Outage("the gateway", cause)));
      response.once("end", () => resolve({ status: response.statusCode ?? 0, body: tryJson(text) }));
    });
    asked.end(body);
  });
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
