import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { serverApi } from "#server/trpc.ts";
import { readReturnPath } from "#shell/return-path.ts";
import { SignInForm } from "./_parts/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>;

export default async function SignInPage({ searchParams }: Props) {
  const api = await serverApi();
  if (!(await api.identity.isInitialized())) redirect("/setup");
  const returnTo = readReturnPath((await searchParams)["next"]);
  return (
    <>
      <h1 className="text-base font-medium">Sign in</h1>
      {returnTo !== "/" && <p className="text-sm text-ink-muted">You go on to the page you asked for.</p>}
      <SignInForm returnTo={returnTo} />
    </>
  );
}
