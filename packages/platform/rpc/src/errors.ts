import { Outage, Refusal, type RefusalKind } from "@rampart/kernel";
import { TRPCError } from "@trpc/server";
import { z } from "zod";

/** HTTP status of each kind of Refusal. */
export const refusalStatus: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  "not-found": 404,
  conflict: 409,
  precondition: 412,
  limit: 429,
};

const refusalCode = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  precondition: "PRECONDITION_FAILED",
  limit: "TOO_MANY_REQUESTS",
} as const satisfies Record<RefusalKind, TRPCError["code"]>;

/** The status with which a thrown error leaves by HTTP. */
export function statusOf(error: unknown): number {
  if (error instanceof Refusal) return refusalStatus[error.kind];
  if (error instanceof z.ZodError) return 400;
  return error instanceof Outage ? 503 : 500;
}

/** What the asker may read about a thrown error; a Defect keeps its details to the log. */
export function sentenceFor(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (error instanceof z.ZodError) return z.prettifyError(error);
  if (error instanceof Outage) return `${error.system} does not answer at the moment; please try again shortly.`;
  return "Something went wrong on our side; it has been logged.";
}

/** Translates what a verb threw into what tRPC sends. */
export function asTrpcError(error: unknown): TRPCError {
  const message = sentenceFor(error);
  if (error instanceof Refusal) return new TRPCError({ code: refusalCode[error.kind], message, cause: error });
  if (error instanceof z.ZodError) return new TRPCError({ code: "BAD_REQUEST", message, cause: error });
  if (error instanceof Outage) return new TRPCError({ code: "SERVICE_UNAVAILABLE", message, cause: error });
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message, cause: error });
}
