"use client";

import type { ChannelView } from "@rampart/alerts/contract";
import { Button } from "@rampart/ui/button";
import { Checkbox } from "@rampart/ui/checkbox";
import { Field } from "@rampart/ui/field";
import { Input } from "@rampart/ui/input";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { toDraft, toSaved } from "./channel-draft.ts";
import { ChannelTest } from "./channel-test.tsx";
import { SyslogFields } from "./syslog-fields.tsx";

type ChannelFormProps = Readonly<{ project: string; channel: ChannelView | null; base: string; mayWrite: boolean }>;

export function ChannelForm({ project, channel, base, mayWrite }: ChannelFormProps) {
  const router = useRouter();
  const [draft, setDraft] = useState(() => toDraft(channel));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const saved = await apiClient.alerts.saveChannel.mutate({ project, ...toSaved(draft, channel?.id) });
      showToast({ text: `“${saved.name}” is saved.` });
      if (channel === null) router.replace(`${base}/alerts/channels/${saved.id}`);
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <fieldset className="grid gap-4" disabled={!mayWrite}>
        <Field id="channel-name" label="Name">
          {(wiring) => (
            <Input
              {...wiring}
              required
              maxLength={128}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            />
          )}
        </Field>
        <SyslogFields
          draft={draft}
          keyStored={channel?.secretsStored.includes("clientKey") ?? false}
          onChange={setDraft}
        />
        <label className="flex items-center gap-2 text-sm">
          <Checkbox checked={draft.enabled} onCheckedChange={(on) => setDraft({ ...draft, enabled: on === true })} />
          Send to this channel
        </label>
        {channel === null && (
          <label className="flex items-center gap-2 text-sm">
            <Checkbox
              checked={draft.withDefaultProfile}
              onCheckedChange={(on) => setDraft({ ...draft, withDefaultProfile: on === true })}
            />
            Also make a profile that sends every vulnerability alert to it
          </label>
        )}
      </fieldset>
      <ChannelTest project={project} draft={draft} id={channel?.id} mayWrite={mayWrite} />
      {problem !== undefined && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
      <Button
        type="submit"
        kind="primary"
        className="justify-self-start"
        disabled={busy || !mayWrite}
        title={mayWrite ? undefined : "Saving needs the right to write alerts. A tenant administrator can give it."}
      >
        {busy ? "Saving" : "Save channel"}
      </Button>
    </form>
  );
}
