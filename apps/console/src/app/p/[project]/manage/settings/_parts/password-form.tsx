"use client";

import { Button } from "@rampart/ui/button";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { showToast } from "@rampart/ui/toast";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { passwordHint, passwordProblem } from "#shell/password-rules.ts";

export function PasswordForm({ username }: Readonly<{ username: string }>) {
  const [oldPassword, setOldPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [problem, setProblem] = useState<string>();
  const weak = passwordProblem(newPassword);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setProblem(undefined);
    try {
      await apiClient.identity.changePassword.mutate({ oldPassword, newPassword });
      setOldPassword("");
      setNewPassword("");
      showToast({ text: "Your password is changed." });
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  return (
    <form className="grid max-w-sm gap-3" onSubmit={(event) => void submit(event)}>
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field id="old-password" label="Present password" problem={problem}>
        {(wiring) => (
          <Input
            {...wiring}
            type="password"
            autoComplete="current-password"
            required
            value={oldPassword}
            onChange={(event) => setOldPassword(event.target.value)}
          />
        )}
      </Field>
      <Field id="new-password" label="New password" hint={passwordHint} problem={weak}>
        {(wiring) => (
          <Input
            {...wiring}
            type="password"
            autoComplete="new-password"
            required
            value={newPassword}
            onChange={(event) => setNewPassword(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        className="justify-self-start"
        disabled={oldPassword === "" || newPassword === "" || weak !== undefined}
      >
        Change password
      </Button>
    </form>
  );
}
