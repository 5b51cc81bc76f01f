import { TRPCError } from "@trpc/server";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { toDigest } from "#shell/failure.ts";

/**
 * The answer of a procedure, for a page that cannot do without it. What is not there becomes the "not found" page,
 * a session that has ended leads to sign-in and back; anything else becomes the error page with its reason.
 */
export async function answered<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    if (error.code === "NOT_FOUND") notFound();
    if (error.code === "UNAUTHORIZED") redirect(`/sign-in?next=${encodeURIComponent(await ownPath())}`);
    throw Object.assign(new Error(error.message, { cause: error }), { digest: toDigest(error.code, error.message) });
  }
}

/** The answer of a procedure, or null when the caller has no right to it: for a part of a page that others may see. */
export async function permitted<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof TRPCError && error.code === "FORBIDDEN") return null;
    return answered(Promise.reject(error));
  }
}

async function ownPath(): Promise<string> {
  return (await headers()).get("x-rampart-path") ?? "/";
}
