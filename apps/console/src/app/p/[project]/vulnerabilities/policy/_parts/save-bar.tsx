"use client";

import type { Policy } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Card } from "@rampart/ui/card";
import { formatCounted } from "@rampart/ui/core/format";
import { Dialog } from "@rampart/ui/dialog";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { type Change, type DraftRule, toSaved } from "./draft.ts";
import { WhatIf } from "./what-if.tsx";

type SaveBarProps = Readonly<{
  project: string;
  policy: Policy;
  rules: readonly DraftRule[];
  changes: readonly Change[];
  base: string;
  onDiscard: () => void;
}>;

/** What the draft would do, and the step that puts it in force. */
export function SaveBar({ project, policy, rules, changes, base, onDiscard }: SaveBarProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function save() {
    setBusy(true);
    setProblem(undefined);
    try {
      await apiClient.vulnerabilities.savePolicy.mutate({
        project,
        policy: policy.policy,
        revision: policy.revision,
        rules: rules.map(toSaved),
      });
      showToast({ text: "The policy is in force. Stored findings are being judged anew." });
      setOpen(false);
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Card
      title={`Draft with ${formatCounted(changes.length, "change")}`}
      aside={
        <div className="flex gap-2">
          <Button onClick={onDiscard}>Discard</Button>
          <Button kind="primary" onClick={() => setOpen(true)}>
            Review and save
          </Button>
        </div>
      }
    >
      <WhatIf project={project} of={policy.policy} rules={rules} base={base} />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Save the policy"
        description="It is in force as soon as it is saved."
      >
        <div className="grid gap-4">
          <ChangeList changes={changes} />
          {problem !== undefined && (
            <p role="alert" className="text-sm text-bad">
              {problem}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button kind="primary" disabled={busy} onClick={() => void save()}>
              {busy ? "Saving" : "Save policy"}
            </Button>
          </div>
        </div>
      </Dialog>
    </Card>
  );
}

function ChangeList({ changes }: Readonly<{ changes: readonly Change[] }>) {
  return (
    <ul className="grid max-h-80 gap-2 overflow-y-auto text-sm">
      {changes.map((change) => (
        <li key={`${change.what} ${change.name}`} className="rounded-md border p-2.5">
          <p className="font-medium">
            {change.name} <span className="font-normal text-ink-subtle">{change.what}</span>
          </p>
          {change.before !== undefined && (
            <p className="text-bad">
              <span aria-hidden>− </span>
              <span className="sr-only">Before: </span>
              {change.before}
            </p>
          )}
          {change.after !== undefined && (
            <p className="text-good">
              <span aria-hidden>+ </span>
              <span className="sr-only">After: </span>
              {change.after}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
