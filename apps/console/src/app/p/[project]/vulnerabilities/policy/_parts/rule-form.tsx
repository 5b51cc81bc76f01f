"use client";

import { PolicyRule, ruleSentence } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Checkbox } from "@rampart/ui/checkbox";
import { Dialog } from "@rampart/ui/dialog";
import { Field } from "@rampart/ui/field";
import { Input, TextArea } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { type FormEvent, useState } from "react";
import { type DraftRule, toSaved } from "./draft.ts";
import { ExceptionList } from "./exception-list.tsx";
import { ScopeFields } from "./scope-fields.tsx";

const thresholds = [
  { value: "", label: "nothing" },
  { value: "critical", label: "critical" },
  { value: "high", label: "high or worse" },
  { value: "medium", label: "medium or worse" },
  { value: "low", label: "everything" },
];

type RuleFormProps = Readonly<{
  rule: DraftRule;
  of: "image" | "host";
  otherNames: readonly string[];
  onClose: () => void;
  onApply: (rule: DraftRule) => void;
}>;

/** One rule in a sheet; the sentence at the top says what it will do while it is typed. */
export function RuleForm({ rule, of, otherNames, onClose, onApply }: RuleFormProps) {
  const [draft, setDraft] = useState(rule);
  const set = (change: Partial<DraftRule>) => setDraft((before) => ({ ...before, ...change }));
  const parsed = PolicyRule.safeParse(toSaved(draft));
  const nameTaken = otherNames.includes(draft.name.trim());
  const ready = parsed.success && !nameTaken && draft.name.trim() !== "";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (ready) onApply({ ...draft, name: draft.name.trim(), sentence: ruleSentence(draft) });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={rule.name === "" ? "Add rule" : `Edit “${rule.name}”`}
      shape="sheet"
      className="w-[min(34rem,100vw)]"
    >
      <form className="grid gap-4" onSubmit={submit}>
        <p aria-live="polite" className="rounded-md bg-sunken p-3 text-sm">
          {ruleSentence(draft)}
        </p>
        <Field id="rule-name" label="Name" problem={nameTaken ? "Another rule has this name." : undefined}>
          {(wiring) => (
            <Input
              {...wiring}
              value={draft.name}
              required
              maxLength={256}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <EffectFields draft={draft} set={set} />
        <ScopeFields of={of} collections={draft.collections} onChange={(collections) => set({ collections })} />
        <ExceptionList exceptions={draft.exceptions} onChange={(exceptions) => set({ exceptions })} />
        <Field id="rule-notes" label="Notes" hint="For colleagues: why the rule is there.">
          {(wiring) => (
            <TextArea
              {...wiring}
              value={draft.notes}
              maxLength={4000}
              onChange={(event) => set({ notes: event.target.value })}
            />
          )}
        </Field>
        {!parsed.success && draft.name !== "" && (
          <p role="alert" className="text-sm text-bad">
            {parsed.error.issues[0]?.path.join(" ")}: {parsed.error.issues[0]?.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" disabled={!ready}>
            Take into the draft
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type EffectFieldsProps = Readonly<{ draft: DraftRule; set: (change: Partial<DraftRule>) => void }>;

function EffectFields({ draft, set }: EffectFieldsProps) {
  const grace = typeof draft.graceDays === "number" ? draft.graceDays : null;
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Field id="rule-alert" label="Alert on">
          {(wiring) => (
            <Select
              {...wiring}
              options={thresholds}
              value={draft.alertFrom ?? ""}
              onChange={(event) => set({ alertFrom: readThreshold(event.target.value) })}
            />
          )}
        </Field>
        <Field id="rule-block" label="Block">
          {(wiring) => (
            <Select
              {...wiring}
              options={thresholds}
              value={draft.blockFrom ?? ""}
              onChange={(event) => set({ blockFrom: readThreshold(event.target.value) })}
            />
          )}
        </Field>
      </div>
      <label className="flex items-center gap-2 text-sm">
        <Checkbox checked={draft.onlyFixed} onCheckedChange={(checked) => set({ onlyFixed: checked === true })} />
        Only findings that have a fix
      </label>
      {draft.blockFrom !== null && grace !== null && (
        <Field id="rule-grace" label="Grace, in days" hint="How long after a fix appeared a block is only an alert.">
          {(wiring) => (
            <Input
              {...wiring}
              type="number"
              min={0}
              max={3650}
              value={grace}
              onChange={(event) => set({ graceDays: Math.max(0, Math.trunc(Number(event.target.value))) })}
            />
          )}
        </Field>
      )}
    </>
  );
}

function readThreshold(value: string): DraftRule["alertFrom"] {
  return (["critical", "high", "medium", "low"] as const).find((severity) => severity === value) ?? null;
}
