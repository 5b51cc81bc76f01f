import type { IncomingMessage, ServerResponse } from "node:http";
import { enrolDefender, tokenRefused, type CertificateIssuer } from "@rampart/fleet";
import { bindIssuingFleet, findTokenProject } from "@rampart/fleet/bind";
import { Outage, Refusal, type Caller, type RefusalKind } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import { EnrolmentRequest, enrolmentBytesMax, type EnrolmentAnswer } from "@rampart/protocol";
import { hashToken } from "@rampart/secrets";
import type { Database } from "@rampart/database";
import type { Logger } from "@rampart/telemetry";
import { answerJson, answerProblem, readBody, type HttpProblem } from "./http-answer.ts";
import { addressesMax, enrolments, enrolmentsAtOnceMax } from "./limits.ts";
import { rateLimit } from "./rate-limit.ts";

export type EnrolmentSettings = Readonly<{ database: Database; issuer: CertificateIssuer; logger: Logger }>;

const statusOf: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  precondition: 412,
  limit: 429,
};

const busy: HttpProblem = {
  status: 429,
  err: "Too many hosts enrol at the moment; try again shortly.",
  reason: "gateway.enrolment.busy",
  retryAfterSeconds: 5,
};

/** Answers `POST /enrol`, the one request that needs no certificate. */
export function openEnrolment(
  settings: EnrolmentSettings,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const rate = rateLimit(enrolments, addressesMax);
  let running = 0;
  return async (request, response) => {
    const address = request.socket.remoteAddress ?? "unknown";
    if (running >= enrolmentsAtOnceMax || !rate.allows(address, performance.now()))
      return answerProblem(response, busy);
    running += 1;
    try {
      const answer = await enrol(settings, await readRequest(request), address);
      answerJson(response, 201, answer);
    } catch (error) {
      answerProblem(response, toProblem(error, settings.logger));
    } finally {
      running -= 1;
    }
  };
}

async function readRequest(request: IncomingMessage): Promise<EnrolmentRequest> {
  const body = await readBody(request, enrolmentBytesMax);
  if (body === null) throw unreadable(`The request is longer than ${enrolmentBytesMax} bytes.`);
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw unreadable("The request is not JSON.");
  }
  const parsed = EnrolmentRequest.safeParse(json);
  if (parsed.success) return parsed.data;
  // Only the places are named: the values may hold the token.
  throw unreadable(`These fields are wrong: ${parsed.error.issues.map((issue) => issue.path.join(".")).join(", ")}.`);
}

function unreadable(message: string): Refusal {
  return new Refusal("invalid", "gateway.enrolment.unreadable", message);
}

async function enrol(
  { database, issuer, logger }: EnrolmentSettings,
  asked: EnrolmentRequest,
  address: string,
): Promise<EnrolmentAnswer> {
  const project = await findTokenProject(database, hashToken(asked.token));
  if (project === null) throw tokenRefused("unknown");
  const caller: Caller = {
    kind: "defender",
    id: asked.hostname,
    name: asked.hostname,
    sourceIp: address,
    permissions: new Set(["fleet.read", "fleet.write"]),
  };
  const scope = grantScope(project.tenantId, project.projectId);
  const enrolled = await enrolDefender(bindIssuingFleet({ database, issuer }, scope, caller), asked);
  const { defenderId } = enrolled;
  logger.info({ project: project.projectId, defender: defenderId, host: asked.hostname, address }, "Defender enrolled");
  return enrolled;
}

function toProblem(error: unknown, logger: Logger): HttpProblem {
  if (error instanceof Refusal) {
    logger.info({ reason: error.reason }, "enrolment refused");
    return { status: statusOf[error.kind], err: error.message, reason: error.reason };
  }
  if (error instanceof Outage) {
    logger.warn({ err: error }, "enrolment impossible");
    const err = "The installation is not ready; try again shortly.";
    return { status: 503, err, reason: "gateway.database.away", retryAfterSeconds: 5 };
  }
  logger.error({ err: error }, "enrolment failed");
  return { status: 500, err: "Something went wrong on our side; it has been logged.", reason: "gateway.defect" };
}
