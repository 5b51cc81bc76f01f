"use client";

import type { EnrolmentTokenView } from "@rampart/fleet/contract";
import { Button } from "@rampart/ui/button";
import { CodeBlock } from "@rampart/ui/code-block";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { RelativeTime } from "@rampart/ui/relative-time";
import { useSearchState } from "@rampart/ui/search-state";
import { Select } from "@rampart/ui/select";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";

const lifetimes = [
  { value: "15", label: "15 minutes" },
  { value: "60", label: "1 hour" },
  { value: "480", label: "8 hours" },
  { value: "1440", label: "24 hours" },
];

const other = "";

type CommandFormProps = Readonly<{ project: string; gatewayNames: readonly string[] }>;

/** Makes the command. The token in it is shown here and never again. */
export function CommandForm({ project, gatewayNames }: CommandFormProps) {
  const { change } = useSearchState();
  const [token, setToken] = useState<EnrolmentTokenView>();
  const [name, setName] = useState(gatewayNames[0] ?? other);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const gatewayName = (name === other ? textIn(form, "typedName") : name).trim();
    setBusy(true);
    setProblem(undefined);
    try {
      const made = await apiClient.fleet.createEnrolmentToken.mutate({
        project,
        lifetimeMinutes: Number(form.get("lifetime")),
        ...(gatewayName !== "" && { gatewayName }),
      });
      setToken(made);
      change({ token: made.id }, "replace");
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <Field
          id="gateway"
          label="The host reaches the gateway as"
          hint="The certificate of the gateway is valid for the names listed."
        >
          {(wiring) => (
            <Select
              {...wiring}
              value={name}
              onChange={(event) => setName(event.target.value)}
              options={[
                ...gatewayNames.map((value) => ({ value, label: value })),
                { value: other, label: "Another name or address" },
              ]}
            />
          )}
        </Field>
        {name === other && (
          <Field id="typed-name" label="Name or address of the gateway" problem={problem}>
            {(wiring) => (
              <Input {...wiring} name="typedName" placeholder="rampart.example.com" maxLength={253} required />
            )}
          </Field>
        )}
        <Field id="lifetime" label="The command works for" {...(name !== other && { problem })}>
          {(wiring) => <Select {...wiring} name="lifetime" defaultValue="60" options={lifetimes} />}
        </Field>
        <Button
          type="submit"
          kind={token === undefined ? "primary" : "plain"}
          className="justify-self-start"
          disabled={busy}
        >
          {busy ? "Making the command" : token === undefined ? "Make the command" : "Make another command"}
        </Button>
      </form>
      {token !== undefined && (
        <section aria-label="Command" className="grid gap-2">
          <h2 className="text-base font-semibold">Run this as root on the host</h2>
          <CodeBlock code={token.command} what="command" />
          <p className="text-sm text-ink-muted">
            It works once and ends <RelativeTime at={token.expiresAt} />. Copy it now: the token in it is not shown
            again.
          </p>
        </section>
      )}
    </>
  );
}
