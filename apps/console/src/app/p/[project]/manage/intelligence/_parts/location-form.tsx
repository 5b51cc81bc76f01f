"use client";

import { everyHoursDefault, type FeedLocationStatus } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";
import { type Authority, readAccess, type SignIn } from "./access-choice.ts";
import { AccessFields } from "./access-fields.tsx";
import { periodOptions } from "./period-options.ts";

type LocationFormProps = Readonly<{
  project: string;
  /** The location that is changed; none for a new one. */
  stored?: FeedLocationStatus | undefined;
  /** Called with the location once it is stored. */
  onDone: (location: string) => void;
}>;

export function LocationForm({ project, stored, onDone }: LocationFormProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const [location, setLocation] = useState(stored?.location ?? "");
  const [signIn, setSignIn] = useState<SignIn>((stored?.credential ?? null) === null ? "none" : "stored");
  const [authority, setAuthority] = useState<Authority>(stored?.hasOwnAuthority === true ? "stored" : "known");
  const isAddress = /^https:/i.test(location.trim());

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const everyHours = Number(textIn(form, "period"));
    setProblem(undefined);
    try {
      await apiClient.vulnerabilities.saveFeedLocation.mutate({
        project,
        location: location.trim(),
        everyHours,
        ...(stored !== undefined && { isEnabled: stored.isEnabled }),
        ...(isAddress && readAccess(form, signIn, authority)),
      });
      onDone(location.trim());
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  return (
    <form className="grid gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        id="watched"
        label="Folder or address"
        hint="An address is asked only for what has changed. Another Console serves its advisories at /api/v1/feeds/bundle."
        problem={problem}
      >
        {(wiring) => (
          <Input
            {...wiring}
            value={location}
            onChange={({ target }) => setLocation(target.value)}
            readOnly={stored !== undefined}
            required
            maxLength={2048}
            placeholder="https://mirror.example.com/advisories/"
          />
        )}
      </Field>
      <Field id="period" label="How often">
        {(wiring) => (
          <Select
            {...wiring}
            name="period"
            options={periodOptions(stored?.everyHours)}
            defaultValue={String(stored?.everyHours ?? everyHoursDefault)}
          />
        )}
      </Field>
      {isAddress && (
        <AccessFields
          stored={stored}
          signIn={signIn}
          authority={authority}
          onSignIn={setSignIn}
          onAuthority={setAuthority}
        />
      )}
      <Button type="submit" kind="primary" className="justify-self-start">
        {stored === undefined ? "Add location" : "Save location"}
      </Button>
    </form>
  );
}
