import { Button } from "@rampart/ui/button";
import type { Metadata } from "next";
import Link from "next/link";
import { serverApi } from "#server/trpc.ts";
import { SetupForm } from "./_parts/setup-form.tsx";

// The one-time token stands in the address; it must not travel to anybody as a referrer.
export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

type Props = Readonly<{ searchParams: Promise<Record<string, string | string[] | undefined>> }>;

export default async function SetupPage({ searchParams }: Props) {
  const api = await serverApi();
  const { token } = await searchParams;
  if (await api.identity.isInitialized()) return <AlreadySetUp />;
  if (typeof token !== "string" || token === "") return <TokenMissing />;
  return (
    <>
      <div className="grid gap-1">
        <h1 className="text-base font-medium">Create the first administrator</h1>
        <p className="text-sm text-ink-muted">
          This person may do everything in this installation and creates the other users.
        </p>
      </div>
      <SetupForm setupToken={token} />
    </>
  );
}

function AlreadySetUp() {
  return (
    <>
      <h1 className="text-base font-medium">This installation is set up</h1>
      <p className="text-sm text-ink-muted">The set-up link works once. Ask an administrator for a user of your own.</p>
      <Button kind="primary" asChild>
        <Link href="/sign-in">Sign in</Link>
      </Button>
    </>
  );
}

function TokenMissing() {
  return (
    <>
      <h1 className="text-base font-medium">Open the set-up link</h1>
      <p className="text-sm text-ink-muted">
        As long as nobody administers this installation, its start prints a one-time link that ends in{" "}
        <code className="font-mono text-xs">/setup?token=…</code>. Whoever opens it creates the first administrator. A
        new start prints a new link.
      </p>
    </>
  );
}
