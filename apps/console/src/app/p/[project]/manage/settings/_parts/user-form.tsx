"use client";

import { Button } from "@rampart/ui/button";
import { Dialog } from "@rampart/ui/dialog";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { passwordHint, passwordProblem } from "#shell/password-rules.ts";
import { textIn } from "#shell/text-in.ts";
import { readRole, roleChoices, type TenantChoice } from "./user-words.ts";

type UserFormProps = Readonly<{
  open: boolean;
  onClose: () => void;
  tenants: readonly TenantChoice[];
  ownTenant: string | null;
}>;

export function UserForm({ open, onClose, tenants, ownTenant }: UserFormProps) {
  const router = useRouter();
  const [role, setRole] = useState<string>("reader");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string>();
  const choices = ownTenant === null ? roleChoices : roleChoices.filter(({ value }) => value !== "central-admin");

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const username = textIn(form, "username").trim();
    setProblem(undefined);
    try {
      const tenantId = role === "central-admin" ? null : (ownTenant ?? textIn(form, "tenant"));
      await apiClient.identity.createUser.mutate({ username, password, role: readRole(role), tenantId });
      showToast({ text: `${username} can sign in now.` });
      setPassword("");
      onClose();
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title="Add user"
      description="Tell the password in person; it can be changed after signing in."
    >
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <Field id="new-username" label="User name" problem={problem}>
          {(wiring) => (
            <Input
              {...wiring}
              name="username"
              autoComplete="off"
              autoCapitalize="none"
              required
              minLength={2}
              maxLength={64}
            />
          )}
        </Field>
        <Field id="first-password" label="Password" hint={passwordHint} problem={passwordProblem(password)}>
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
        <Field id="role" label="Role">
          {(wiring) => (
            <Select {...wiring} options={choices} value={role} onChange={(event) => setRole(event.target.value)} />
          )}
        </Field>
        {role !== "central-admin" && ownTenant === null && (
          <Field id="tenant" label="Tenant">
            {(wiring) => (
              <Select {...wiring} name="tenant" options={tenants.map(({ id, name }) => ({ value: id, label: name }))} />
            )}
          </Field>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" disabled={password === "" || passwordProblem(password) !== undefined}>
            Add user
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
