"use client";

import type { RuleCollection } from "@rampart/vulnerabilities/contract";
import { Field } from "@rampart/ui/field";
import { Input, TextArea } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";

type ScopeFieldsProps = Readonly<{
  of: "image" | "host";
  collections: readonly RuleCollection[];
  onChange: (collections: RuleCollection[]) => void;
}>;

const everything: RuleCollection = { name: "All", images: [], hosts: [], labels: [] };

/** Where the rule looks: everywhere, or where names and labels fit. Patterns stand one per line. */
export function ScopeFields({ of, collections, onChange }: ScopeFieldsProps) {
  const [first = everything, ...rest] = collections;
  const isAll = collections.length === 1 && first.name === "All";
  const set = (change: Partial<RuleCollection>) => onChange([{ ...first, ...change }, ...rest]);
  return (
    <fieldset className="grid gap-3 rounded-md border p-3">
      <legend className="px-1 text-sm font-medium">Scope</legend>
      <Select
        aria-label="Scope"
        value={isAll ? "all" : "some"}
        options={[
          { value: "all", label: "Everything" },
          { value: "some", label: "Where names and labels fit" },
        ]}
        onChange={(event) =>
          onChange([event.target.value === "all" ? everything : { ...everything, name: "Own scope" }])
        }
      />
      {!isAll && (
        <>
          <Field id="scope-name" label="Name of the scope" hint="Stands in the rule's sentence.">
            {(wiring) => (
              <Input
                {...wiring}
                value={first.name}
                required
                maxLength={128}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
          </Field>
          {of === "image" && (
            <Patterns id="scope-images" label="Images" value={first.images} onChange={(images) => set({ images })} />
          )}
          <Patterns id="scope-hosts" label="Hosts" value={first.hosts} onChange={(hosts) => set({ hosts })} />
          <Patterns
            id="scope-labels"
            label="Labels"
            value={first.labels}
            hint="key:value, one per line; * for any text."
            onChange={(labels) => set({ labels })}
          />
          {rest.length > 0 && (
            <p className="text-xs text-ink-subtle">
              And {rest.map(({ name }) => name).join(", ")}, which stay as they are.
            </p>
          )}
        </>
      )}
    </fieldset>
  );
}

type PatternsProps = Readonly<{
  id: string;
  label: string;
  value: readonly string[];
  hint?: string;
  onChange: (patterns: string[]) => void;
}>;

function Patterns({
  id,
  label,
  value,
  hint = "One per line; * for any text, a leading - excludes. Empty means all.",
  onChange,
}: PatternsProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      {(wiring) => (
        <TextArea
          {...wiring}
          className="min-h-14"
          defaultValue={value.join("\n")}
          onChange={(event) => onChange(readLines(event.target.value))}
        />
      )}
    </Field>
  );
}

function readLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
