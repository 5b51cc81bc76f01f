"use client";

import type { AlertLabels } from "@rampart/alerts/contract";
import { Button } from "@rampart/ui/button";
import { formatCount } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { Input } from "@rampart/ui/input";
import { showToast } from "@rampart/ui/toast";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";

type LabelEditorProps = Readonly<{ project: string; declared: AlertLabels; mayWrite: boolean }>;

/** Each change is saved at once and can be taken back. */
export function LabelEditor({ project, declared, mayWrite }: LabelEditorProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();
  const { labels } = declared;

  async function save(next: readonly string[], text: string, undo?: readonly string[]) {
    setProblem(undefined);
    try {
      await apiClient.alerts.saveAlertLabels.mutate({ project, labels: [...next] });
      showToast({ text, ...(undo !== undefined && { undo: () => void save(undo, "Taken back.") }) });
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const name = textIn(new FormData(form), "label").trim();
    if (name === "") return;
    void save([...labels, name], `Alerts carry “${name}” from now on.`, labels).then(() => form.reset());
  }

  return (
    <div className="grid gap-4">
      {labels.length === 0 ? (
        <EmptyState compact title="Alerts carry no labels yet" />
      ) : (
        <ol aria-label="Declared labels" className="divide-y rounded-md border">
          {labels.map((name, index) => (
            <li key={name} className="flex min-h-10 items-center gap-2 px-3 text-sm">
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{name}</span>
              <Carried declared={declared} name={name} />
              {mayWrite && (
                <span className="flex">
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`Move ${name} up`}
                    disabled={index === 0}
                    onClick={() => void save(swapped(labels, index - 1), "The order is changed.", labels)}
                  >
                    <ArrowUp aria-hidden />
                  </Button>
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`Move ${name} down`}
                    disabled={index === labels.length - 1}
                    onClick={() => void save(swapped(labels, index), "The order is changed.", labels)}
                  >
                    <ArrowDown aria-hidden />
                  </Button>
                  <Button
                    kind="quiet"
                    size="icon"
                    aria-label={`Remove ${name}`}
                    onClick={() => void save(labels.toSpliced(index, 1), `Alerts no longer carry “${name}”.`, labels)}
                  >
                    <X aria-hidden />
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      <form className="flex gap-2" onSubmit={add}>
        <Input
          name="label"
          aria-label="Name of a label"
          placeholder="com.example.team"
          maxLength={512}
          disabled={!mayWrite}
          required
        />
        <Button
          type="submit"
          disabled={!mayWrite}
          title={mayWrite ? undefined : "Changing labels needs the right to write alerts."}
        >
          Add label
        </Button>
      </form>
      {problem !== undefined && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}

/** The label at `index` changes places with the one after it. */
function swapped(labels: readonly string[], index: number): readonly string[] {
  const [first, second] = [labels[index], labels[index + 1]];
  return first === undefined || second === undefined ? labels : labels.with(index, second).with(index + 1, first);
}

function Carried({ declared, name }: Readonly<{ declared: AlertLabels; name: string }>) {
  const alerts = declared.carried.find((entry) => entry.name === name)?.alerts ?? 0;
  if (declared.alertsLooked === 0) return null;
  const text = `on ${formatCount(alerts)} of the last ${formatCount(declared.alertsLooked)} alerts`;
  return (
    <span className={alerts === 0 ? "text-xs text-warn" : "text-xs text-ink-subtle"}>
      {alerts === 0 ? `${text}; is it spelt right?` : text}
    </span>
  );
}
