"use client";

import { everyHoursDefault } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";
import { needsOperate } from "./needs-operate.ts";

const periods = [
  { value: "1", label: "every hour" },
  { value: "6", label: "every 6 hours" },
  { value: String(everyHoursDefault), label: "every day" },
  { value: "168", label: "every week" },
];

export function LocationForm({ project, mayWrite }: Readonly<{ project: string; mayWrite: boolean }>) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const read = new FormData(form);
    const location = textIn(read, "watched").trim();
    const everyHours = Number(textIn(read, "period"));
    setProblem(undefined);
    try {
      await apiClient.vulnerabilities.saveFeedLocation.mutate({ project, location, everyHours });
      showToast({ text: "It is looked at within a minute, and then by itself." });
      form.reset();
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  return (
    <form className="grid max-w-2xl gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        id="watched"
        label="Look at a folder or address by itself"
        hint="An address is asked only for what has changed. A location that fails is tried again within an hour."
        problem={problem}
      >
        {(wiring) => (
          <Input
            {...wiring}
            name="watched"
            required
            maxLength={2048}
            disabled={!mayWrite}
            placeholder="https://mirror.example.com/advisories/"
          />
        )}
      </Field>
      <div className="flex items-end gap-3">
        <Field id="period" label="How often">
          {(wiring) => (
            <Select
              {...wiring}
              name="period"
              options={periods}
              defaultValue={String(everyHoursDefault)}
              disabled={!mayWrite}
            />
          )}
        </Field>
        <Button type="submit" disabled={!mayWrite} title={mayWrite ? undefined : needsOperate}>
          Add
        </Button>
      </div>
    </form>
  );
}
