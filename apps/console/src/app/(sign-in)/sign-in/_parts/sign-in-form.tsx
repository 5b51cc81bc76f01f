"use client";

import { Button } from "@rampart/ui/button";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { type FormEvent, useState } from "react";
import { signIn } from "#shell/sign-in.ts";
import { textIn } from "#shell/text-in.ts";

const sentences = {
  refused: "User name or password is not right, or the user is disabled.",
  unreachable: "The Console did not answer. Try again in a moment.",
} as const;

export function SignInForm({ returnTo }: Readonly<{ returnTo: string }>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    const outcome = await signIn(textIn(form, "username"), textIn(form, "password"));
    if (outcome === "signed-in") {
      // A full load: the pages behind it are rendered for the person who just signed in.
      window.location.assign(returnTo);
      return;
    }
    setProblem(sentences[outcome]);
    setBusy(false);
  }

  return (
    <form method="post" className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field id="username" label="User name">
        {(wiring) => (
          <Input {...wiring} name="username" autoComplete="username" autoCapitalize="none" required autoFocus />
        )}
      </Field>
      <Field id="password" label="Password" problem={problem}>
        {(wiring) => <Input {...wiring} name="password" type="password" autoComplete="current-password" required />}
      </Field>
      <Button type="submit" kind="primary" disabled={busy}>
        {busy ? "Signing in" : "Sign in"}
      </Button>
    </form>
  );
}
