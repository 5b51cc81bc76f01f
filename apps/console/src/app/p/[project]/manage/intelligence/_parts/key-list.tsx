"use client";

import type { BundleKey } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Field } from "@rampart/ui/field";
import { Input, TextArea } from "@rampart/ui/input";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";
import { needsOperate } from "./needs-operate.ts";

type KeyListProps = Readonly<{ project: string; keys: readonly BundleKey[]; mayWrite: boolean }>;

export function KeyList({ project, keys, mayWrite }: KeyListProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const read = new FormData(form);
    setProblem(undefined);
    try {
      const key = { name: textIn(read, "key-name"), publicKey: textIn(read, "public-key") };
      await apiClient.vulnerabilities.addBundleKey.mutate({ project, ...key });
      form.reset();
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  async function remove({ name, fingerprint }: BundleKey) {
    try {
      await apiClient.vulnerabilities.removeBundleKey.mutate({ project, fingerprint });
      showToast({ text: `Bundles of ${name} are no longer trusted.` });
      router.refresh();
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
    }
  }

  return (
    <div className="grid gap-4">
      {keys.length === 0 ? (
        <p className="text-sm text-ink-muted">
          No key is trusted yet. A bundle is a signed file with all advisories, for Consoles without a network.
        </p>
      ) : (
        <ul aria-label="Trusted keys" className="divide-y rounded-md border">
          {keys.map((key) => (
            <li key={key.fingerprint} className="flex flex-wrap items-center gap-x-4 px-3 py-1.5 text-sm">
              <span className="font-medium">{key.name}</span>
              <code className="text-xs text-ink-subtle" title={key.fingerprint}>
                {key.fingerprint.slice(0, 16)}
              </code>
              <span className="text-ink-muted">
                {key.sequence === 0 ? "no bundle yet" : `newest bundle ${key.sequence}`}
              </span>
              {mayWrite && (
                <Button kind="quiet" size="sm" className="ml-auto" onClick={() => void remove(key)}>
                  Remove
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <form className="grid max-w-2xl gap-3" onSubmit={(event) => void submit(event)}>
        <Field id="key-name" label="Name">
          {(wiring) => <Input {...wiring} name="key-name" required maxLength={128} disabled={!mayWrite} />}
        </Field>
        <Field
          id="public-key"
          label="Public key"
          hint="The PEM text that `rampart intel export --public-key` writes."
          problem={problem}
        >
          {(wiring) => (
            <TextArea
              {...wiring}
              name="public-key"
              required
              maxLength={2_000}
              disabled={!mayWrite}
              placeholder="-----BEGIN PUBLIC KEY-----"
            />
          )}
        </Field>
        <Button
          type="submit"
          className="justify-self-start"
          disabled={!mayWrite}
          title={mayWrite ? undefined : needsOperate}
        >
          Trust this key
        </Button>
      </form>
    </div>
  );
}
