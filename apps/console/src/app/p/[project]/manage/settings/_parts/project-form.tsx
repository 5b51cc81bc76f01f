"use client";

import { Button } from "@rampart/ui/button";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";
import type { TenantChoice } from "./user-words.ts";

type ProjectFormProps = Readonly<{ tenants: readonly TenantChoice[]; mayWrite: boolean }>;

/** A project is a silo of its own: its Defenders, resources, rules and alerts are seen by nobody else. */
export function ProjectForm({ tenants, mayWrite }: ProjectFormProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setProblem(undefined);
    try {
      const made = await apiClient.tenancy.createProject.mutate({
        tenantId: textIn(form, "tenant"),
        name: textIn(form, "name"),
      });
      showToast({ text: `Project “${made.name}” is ready.` });
      router.push(`/p/${made.slug}`);
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  if (!mayWrite) return <p className="text-sm text-ink-muted">Only a central administrator adds projects.</p>;
  return (
    <form className="grid max-w-xl gap-3 sm:grid-cols-2" onSubmit={(event) => void submit(event)}>
      <Field id="project-name" label="Name" problem={problem}>
        {(wiring) => <Input {...wiring} name="name" required minLength={2} maxLength={80} />}
      </Field>
      <Field id="project-tenant" label="Tenant">
        {(wiring) => (
          <Select {...wiring} name="tenant" options={tenants.map(({ id, name }) => ({ value: id, label: name }))} />
        )}
      </Field>
      <Button type="submit" className="justify-self-start sm:col-span-2">
        Add project
      </Button>
    </form>
  );
}
