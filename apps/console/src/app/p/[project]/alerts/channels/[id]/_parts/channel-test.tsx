"use client";

import type { ChannelTest as Outcome } from "@rampart/alerts/contract";
import { Button } from "@rampart/ui/button";
import { CodeBlock } from "@rampart/ui/code-block";
import { StatusWord } from "@rampart/ui/status-word";
import { useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import type { ChannelDraft } from "./channel-draft.ts";

type ChannelTestProps = Readonly<{ project: string; draft: ChannelDraft; id: string | undefined; mayWrite: boolean }>;

/** Sends one test message with the settings as they stand in the form and shows each step with its answer. */
export function ChannelTest({ project, draft, id, mayWrite }: ChannelTestProps) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const [problem, setProblem] = useState<string>();

  async function run() {
    setBusy(true);
    setProblem(undefined);
    setOutcome(undefined);
    try {
      const { settings, clientKey } = draft;
      setOutcome(
        await apiClient.alerts.testChannel.mutate({
          project,
          settings,
          secrets: clientKey === "" ? {} : { clientKey },
          ...(id !== undefined && { id }),
        }),
      );
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="grid gap-2">
      <Button
        className="justify-self-start"
        disabled={busy || !mayWrite || draft.settings.host === ""}
        onClick={() => void run()}
      >
        {busy ? "Sending a test message" : "Test"}
      </Button>
      <div role="status">
        {problem !== undefined && <p className="text-sm text-bad">{problem}</p>}
        {outcome !== undefined && <Steps outcome={outcome} />}
      </div>
    </div>
  );
}

function Steps({ outcome }: Readonly<{ outcome: Outcome }>) {
  return (
    <div className="grid gap-2 rounded-md border p-3">
      <ol className="grid gap-1 text-sm">
        {outcome.steps.map(({ step, ok, answer, ms }) => (
          <li key={step} className="grid grid-cols-[5rem_8rem_1fr_auto] items-start gap-2">
            <StatusWord word={ok ? "pass" : "fail"} />
            <span>{step}</span>
            <span className="min-w-0 break-words text-ink-muted">{answer}</span>
            <span className="text-ink-subtle">{Math.round(ms)} ms</span>
          </li>
        ))}
      </ol>
      {outcome.message !== null && <CodeBlock code={outcome.message} what="message" />}
    </div>
  );
}
