"use client";

import { Checkbox } from "@rampart/ui/checkbox";
import { severitiesWorstFirst, severityLook } from "@rampart/ui/core/severity-look";
import { Field } from "@rampart/ui/field";
import { Input, TextArea } from "@rampart/ui/input";
import { Select, type SelectOption } from "@rampart/ui/select";
import { factTypes, factWords } from "../../_parts/profile-words.ts";
import { type ProfileDraft, whereProblem } from "./profile-draft.ts";

const severities = severitiesWorstFirst.map((value) => ({
  value,
  label: value === "unknown" ? "Any severity" : `${severityLook[value].word}${value === "critical" ? "" : " or worse"}`,
}));
const periods = [
  { value: "0", label: "each at once" },
  { value: "60", label: "the first at once, then together every minute" },
  { value: "600", label: "the first at once, then together every 10 minutes" },
  { value: "3600", label: "the first at once, then together every hour" },
];

type ProfileFieldsProps = Readonly<{
  draft: ProfileDraft;
  channels: readonly SelectOption[];
  onChange: (draft: ProfileDraft) => void;
}>;

export function ProfileFields({ draft, channels, onChange }: ProfileFieldsProps) {
  const set = (change: Partial<ProfileDraft>) => onChange({ ...draft, ...change });
  return (
    <>
      <Field id="profile-name" label="Name">
        {(wiring) => (
          <Input
            {...wiring}
            required
            maxLength={128}
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field id="profile-channel" label="Channel">
        {(wiring) => (
          <Select
            {...wiring}
            options={channels}
            value={draft.channelId}
            onChange={(event) => set({ channelId: event.target.value })}
          />
        )}
      </Field>
      <FactFields draft={draft} onChange={onChange} />
      <Field id="profile-severity" label="Worst finding is">
        {(wiring) => (
          <Select
            {...wiring}
            options={severities}
            value={draft.severityAtLeast}
            onChange={(event) =>
              set({ severityAtLeast: severitiesWorstFirst.find((known) => known === event.target.value) ?? "unknown" })
            }
          />
        )}
      </Field>
      <LabelFields draft={draft} onChange={onChange} />
      <Field id="profile-period" label="Sent">
        {(wiring) => (
          <Select
            {...wiring}
            options={periodChoices(draft.periodSeconds)}
            value={String(draft.periodSeconds)}
            onChange={(event) => set({ periodSeconds: Number(event.target.value) })}
          />
        )}
      </Field>
      <Field id="profile-notes" label="Notes">
        {(wiring) => (
          <TextArea
            {...wiring}
            maxLength={4000}
            value={draft.notes}
            onChange={(event) => set({ notes: event.target.value })}
          />
        )}
      </Field>
      <label className="flex items-center gap-2 text-sm">
        <Checkbox checked={draft.enabled} onCheckedChange={(on) => set({ enabled: on === true })} />
        Switched on
      </label>
    </>
  );
}

/** A period that was set elsewhere stays choosable. */
function periodChoices(seconds: number): readonly SelectOption[] {
  const known = periods.some(({ value }) => value === String(seconds));
  return known
    ? periods
    : [...periods, { value: String(seconds), label: `the first at once, then together every ${seconds} seconds` }];
}

type PartProps = Readonly<{ draft: ProfileDraft; onChange: (draft: ProfileDraft) => void }>;

function FactFields({ draft, onChange }: PartProps) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">Sends</legend>
      {factTypes.map((type) => (
        <label key={type} className="flex items-center gap-2 text-sm">
          <Checkbox
            checked={draft.factTypes.includes(type)}
            onCheckedChange={(on) =>
              onChange({
                ...draft,
                factTypes: on === true ? [...draft.factTypes, type] : draft.factTypes.filter((other) => other !== type),
              })
            }
          />
          {factWords[type]}
        </label>
      ))}
      {draft.factTypes.length === 0 && (
        <p role="alert" className="text-xs text-bad">
          Choose at least one.
        </p>
      )}
    </fieldset>
  );
}

function LabelFields({ draft, onChange }: PartProps) {
  return (
    <>
      <Field
        id="profile-where"
        label="Only resources with these labels"
        hint="name=value, one per line; all of them. Empty: any resource."
        problem={whereProblem(draft.whereText)}
      >
        {(wiring) => (
          <TextArea
            {...wiring}
            className="min-h-16"
            value={draft.whereText}
            onChange={(event) => onChange({ ...draft, whereText: event.target.value })}
          />
        )}
      </Field>
      {draft.whereText.trim() !== "" && (
        <label className="flex items-center gap-2 text-sm">
          <Checkbox
            checked={draft.unlabelled === "send"}
            onCheckedChange={(on) => onChange({ ...draft, unlabelled: on === true ? "send" : "skip" })}
          />
          Also alerts about resources that carry none of them
        </label>
      )}
    </>
  );
}
