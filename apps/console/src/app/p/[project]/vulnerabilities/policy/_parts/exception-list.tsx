"use client";

import type { RuleException } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Input } from "@rampart/ui/input";
import { Select } from "@rampart/ui/select";
import { Plus, X } from "lucide-react";

const effects = [
  { value: "ignore", label: "ignore" },
  { value: "alert", label: "alert" },
  { value: "block", label: "block" },
];

type ExceptionListProps = Readonly<{
  exceptions: readonly RuleException[];
  onChange: (exceptions: RuleException[]) => void;
}>;

/** CVEs that this rule treats in their own way, each with a reason and, better, an end. */
export function ExceptionList({ exceptions, onChange }: ExceptionListProps) {
  return (
    <fieldset className="grid gap-2 rounded-md border p-3">
      <legend className="px-1 text-sm font-medium">Exceptions</legend>
      {exceptions.map((exception, index) => (
        <ExceptionRow
          key={index}
          number={index + 1}
          exception={exception}
          onChange={(changed) => onChange(exceptions.with(index, changed))}
          onRemove={() => onChange(exceptions.toSpliced(index, 1))}
        />
      ))}
      <Button
        size="sm"
        className="justify-self-start"
        onClick={() => onChange([...exceptions, { cve: "", effect: "ignore", reason: "" }])}
      >
        <Plus aria-hidden /> Add exception
      </Button>
    </fieldset>
  );
}

type ExceptionRowProps = Readonly<{
  number: number;
  exception: RuleException;
  onChange: (exception: RuleException) => void;
  onRemove: () => void;
}>;

function ExceptionRow({ number, exception, onChange, onRemove }: ExceptionRowProps) {
  const { expiresAt: _, ...withoutEnd } = exception;
  return (
    <div className="grid grid-cols-[1fr_6.5rem_9rem_2rem] gap-1.5">
      <Input
        aria-label={`CVE of exception ${number}`}
        placeholder="CVE-2021-44228"
        value={exception.cve}
        onChange={(event) => onChange({ ...exception, cve: event.target.value.trim() })}
      />
      <Select
        aria-label={`Effect of exception ${number}`}
        options={effects}
        value={exception.effect}
        onChange={(event) => onChange({ ...exception, effect: readEffect(event.target.value) })}
      />
      <Input
        type="date"
        aria-label={`Last day of exception ${number}`}
        value={exception.expiresAt?.slice(0, 10) ?? ""}
        onChange={(event) =>
          onChange(
            event.target.value === "" ? withoutEnd : { ...exception, expiresAt: `${event.target.value}T23:59:59Z` },
          )
        }
      />
      <Button kind="quiet" size="icon" aria-label={`Remove exception ${number}`} onClick={onRemove}>
        <X aria-hidden />
      </Button>
      <Input
        aria-label={`Reason of exception ${number}`}
        className="col-span-4"
        placeholder="Why this is acceptable"
        value={exception.reason}
        maxLength={2000}
        onChange={(event) => onChange({ ...exception, reason: event.target.value })}
      />
    </div>
  );
}

function readEffect(value: string): RuleException["effect"] {
  return value === "alert" || value === "block" ? value : "ignore";
}
