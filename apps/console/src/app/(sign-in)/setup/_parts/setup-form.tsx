"use client";

import { Button } from "@rampart/ui/button";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { passwordHint, passwordProblem } from "#shell/password-rules.ts";
import { signIn } from "#shell/sign-in.ts";
import { textIn } from "#shell/text-in.ts";

export function SetupForm({ setupToken }: Readonly<{ setupToken: string }>) {
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const weak = passwordProblem(password);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const username = textIn(new FormData(event.currentTarget), "username");
    setBusy(true);
    setProblem(undefined);
    try {
      await apiClient.identity.createFirstAdmin.mutate({ username, password, setupToken });
      await signIn(username, password);
      window.location.assign("/");
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setBusy(false);
    }
  }

  return (
    <form method="post" className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Field id="username" label="User name">
        {(wiring) => (
          <Input
            {...wiring}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            required
            minLength={2}
            autoFocus
          />
        )}
      </Field>
      <Field id="password" label="Password" hint={passwordHint} problem={password === "" ? problem : (weak ?? problem)}>
        {(wiring) => (
          <Input
            {...wiring}
            type="password"
            autoComplete="new-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" kind="primary" disabled={busy || password === "" || weak !== undefined}>
        {busy ? "Creating" : "Create administrator"}
      </Button>
    </form>
  );
}
