"use client";

import type { AllowedCve, AllowedCvesView } from "@rampart/vulnerabilities/contract";
import { Badge } from "@rampart/ui/badge";
import { Button } from "@rampart/ui/button";
import { Card } from "@rampart/ui/card";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { RelativeTime } from "@rampart/ui/relative-time";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { textIn } from "#shell/text-in.ts";
import { needsWrite } from "./needs-operate.ts";
import { Added } from "./own-flaws-card.tsx";

type AcceptedCardProps = Readonly<{ project: string; list: AllowedCvesView; mayWrite: boolean; now: string }>;

/** CVEs that the project has looked at and accepts, whatever the rules say. */
export function AcceptedCard({ project, list, mayWrite, now }: AcceptedCardProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string>();

  async function save(entries: readonly AllowedCve[], done: string) {
    const asked = { project, entries: [...entries], seenDigest: list.digest };
    await apiClient.vulnerabilities.saveAllowedCves.mutate(asked);
    showToast({ text: done });
    router.refresh();
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const entry = readEntry(new FormData(form));
    setProblem(undefined);
    try {
      const others = list.entries.filter(({ cve }) => cve !== entry.cve);
      await save([...others, entry], `${entry.cve} is accepted; the rules pass over it.`);
      form.reset();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  async function remove({ cve }: AllowedCve) {
    try {
      const others = list.entries.filter((one) => one.cve !== cve);
      await save(others, `The rules count ${cve} again.`);
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
    }
  }

  return (
    <Card title="CVEs that this project accepts">
      <div className="grid gap-4">
        {list.entries.length === 0 ? (
          <p className="text-sm text-ink-muted">
            None. An accepted CVE stays listed, and no rule alerts on it or blocks for it.
          </p>
        ) : (
          <ul aria-label="Accepted CVEs" className="divide-y rounded-md border">
            {list.entries.map((entry) => (
              <li key={entry.cve} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5 text-sm">
                <span className="font-medium">{entry.cve}</span>
                <End expiresAt={entry.expiresAt} now={now} />
                <span className="min-w-0 flex-1 truncate text-ink-muted" title={entry.description}>
                  {entry.description}
                </span>
                <Added owner={entry.owner} at={entry.createdAt} />
                {mayWrite && (
                  <Button kind="quiet" size="sm" aria-label={`Remove ${entry.cve}`} onClick={() => void remove(entry)}>
                    Remove
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
        <form className="flex flex-wrap items-start gap-3" onSubmit={(event) => void submit(event)}>
          <Field id="accepted-cve" label="CVE" problem={problem}>
            {(wiring) => (
              <Input
                {...wiring}
                name="accepted-cve"
                required
                maxLength={128}
                disabled={!mayWrite}
                placeholder="CVE-2021-44228"
              />
            )}
          </Field>
          <div className="min-w-60 flex-1">
            <Field id="accepted-why" label="Why it is acceptable">
              {(wiring) => <Input {...wiring} name="accepted-why" required maxLength={2000} disabled={!mayWrite} />}
            </Field>
          </div>
          <Field id="accepted-until" label="Last day">
            {(wiring) => <Input {...wiring} name="accepted-until" type="date" disabled={!mayWrite} />}
          </Field>
          <Button type="submit" className="mt-6" disabled={!mayWrite} title={mayWrite ? undefined : needsWrite}>
            Accept
          </Button>
        </form>
      </div>
    </Card>
  );
}

function End({ expiresAt, now }: Readonly<{ expiresAt: string | undefined; now: string }>) {
  if (expiresAt === undefined) return <span className="text-ink-muted">without end</span>;
  if (expiresAt < now) return <Badge tone="warn">over</Badge>;
  return (
    <span className="text-ink-muted">
      ends <RelativeTime at={expiresAt} />
    </span>
  );
}

function readEntry(form: FormData): AllowedCve {
  const lastDay = textIn(form, "accepted-until");
  return {
    cve: textIn(form, "accepted-cve").trim().toUpperCase(),
    description: textIn(form, "accepted-why").trim(),
    ...(lastDay !== "" && { expiresAt: `${lastDay}T23:59:59.000Z` }),
  };
}
