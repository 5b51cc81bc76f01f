"use client";

import type { ProfileView } from "@rampart/alerts/contract";
import { Button } from "@rampart/ui/button";
import { Card } from "@rampart/ui/card";
import { ConfirmDialog } from "@rampart/ui/confirm-dialog";
import type { SelectOption } from "@rampart/ui/select";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { toDraft, toSaved, whereProblem } from "./profile-draft.ts";
import { ProfileFields } from "./profile-fields.tsx";
import { ProfilePreview } from "./profile-preview.tsx";

type ProfileEditorProps = Readonly<{
  project: string;
  profile: ProfileView | null;
  channels: readonly SelectOption[];
  base: string;
  mayWrite: boolean;
}>;

/** The form at the left, what it would have sent at the right. */
export function ProfileEditor({ project, profile, channels, base, mayWrite }: ProfileEditorProps) {
  const router = useRouter();
  const [draft, setDraft] = useState(() => toDraft(profile, channels[0]?.value ?? ""));
  const [removing, setRemoving] = useState(false);
  const [problem, setProblem] = useState<string>();
  const ready = mayWrite && draft.factTypes.length > 0 && whereProblem(draft.whereText) === undefined;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setProblem(undefined);
    try {
      const saved = await apiClient.alerts.saveProfile.mutate({ project, ...toSaved(draft, profile?.id) });
      showToast({ text: `“${saved.name}” is saved.` });
      router.push(`${base}/alerts/profiles`);
      router.refresh();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    }
  }

  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,34rem)_minmax(0,1fr)]">
      <Card>
        <form className="grid gap-4 pt-3" onSubmit={(event) => void submit(event)}>
          <fieldset className="grid gap-4" disabled={!mayWrite}>
            <ProfileFields draft={draft} channels={channels} onChange={setDraft} />
          </fieldset>
          {problem !== undefined && (
            <p role="alert" className="text-sm text-bad">
              {problem}
            </p>
          )}
          <div className="flex justify-between gap-2">
            <Button type="submit" kind="primary" disabled={!ready}>
              Save profile
            </Button>
            {profile !== null && (
              <Button kind="danger" disabled={!mayWrite} onClick={() => setRemoving(true)}>
                Remove
              </Button>
            )}
          </div>
        </form>
      </Card>
      <Card title="Would have sent">
        <ProfilePreview project={project} draft={draft} />
      </Card>
      {profile !== null && (
        <RemoveDialog project={project} profile={profile} base={base} open={removing} onOpenChange={setRemoving} />
      )}
    </div>
  );
}

type RemoveDialogProps = Readonly<{
  project: string;
  profile: ProfileView;
  base: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}>;

function RemoveDialog({ project, profile, base, open, onOpenChange }: RemoveDialogProps) {
  const router = useRouter();
  async function remove() {
    try {
      await apiClient.alerts.removeProfile.mutate({ project, id: profile.id });
      showToast({ text: `“${profile.name}” is removed.` });
      router.push(`${base}/alerts/profiles`);
      router.refresh();
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
      onOpenChange(false);
    }
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove “${profile.name}”`}
      effect={`${profile.channelName} no longer hears what this profile sent. Alerts that already wait are still delivered.`}
      verb="Remove"
      onConfirm={remove}
    />
  );
}
