"use client";

import { packageKinds } from "@rampart/inspection/contract";
import type { CustomVulnerability } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { type FormEvent, useState } from "react";
import { problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";

const severities = ["critical", "high", "medium", "low"] as const;
const options = (words: readonly string[]) => words.map((word) => ({ value: word, label: word }));

type OwnFlawFormProps = Readonly<{ onSave: (entry: CustomVulnerability) => Promise<void> }>;

export function OwnFlawForm({ onSave }: OwnFlawFormProps) {
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setProblem(undefined);
    try {
      await onSave(readEntry(new FormData(event.currentTarget)));
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  return (
    <form className="grid gap-3" onSubmit={(event) => void submit(event)}>
      <div className="grid grid-cols-[1fr_9rem] gap-3">
        <Field id="flaw-name" label="Name" hint="As it is listed among the findings." problem={problem}>
          {(wiring) => <Input {...wiring} name="flaw-name" required maxLength={128} placeholder="OURS-2026-1" />}
        </Field>
        <Field id="flaw-severity" label="Severity">
          {(wiring) => <Select {...wiring} name="flaw-severity" options={options(severities)} defaultValue="high" />}
        </Field>
        <Field id="flaw-package" label="Package">
          {(wiring) => <Input {...wiring} name="flaw-package" required maxLength={512} />}
        </Field>
        <Field id="flaw-kind" label="Kind">
          {(wiring) => <Select {...wiring} name="flaw-kind" options={options(packageKinds)} />}
        </Field>
      </div>
      <div className="grid grid-cols-2 gap-3">
        <Field id="flaw-from" label="From version" hint="Included; empty for all before.">
          {(wiring) => <Input {...wiring} name="flaw-from" maxLength={128} />}
        </Field>
        <Field id="flaw-to" label="To version" hint="Included; empty for all after.">
          {(wiring) => <Input {...wiring} name="flaw-to" maxLength={128} />}
        </Field>
      </div>
      <Field id="flaw-reason" label="What is wrong">
        {(wiring) => <Input {...wiring} name="flaw-reason" maxLength={2000} />}
      </Field>
      <Button type="submit" kind="primary" className="justify-self-start">
        Add flaw
      </Button>
    </form>
  );
}

function readEntry(form: FormData): CustomVulnerability {
  const text = (name: string) => textIn(form, name).trim();
  const [minVersion, maxVersion] = [text("flaw-from"), text("flaw-to")];
  return {
    name: text("flaw-name"),
    packageName: text("flaw-package"),
    packageType: packageKinds.find((kind) => kind === text("flaw-kind")) ?? "os",
    ...(minVersion !== "" && { minVersion }),
    ...(maxVersion !== "" && { maxVersion }),
    severity: severities.find((severity) => severity === text("flaw-severity")) ?? "high",
    reason: text("flaw-reason"),
  };
}
