"use client";

import type { ChannelView } from "@rampart/alerts/contract";
import { Button } from "@rampart/ui/button";
import { ConfirmDialog } from "@rampart/ui/confirm-dialog";
import { formatCounted } from "@rampart/ui/core/format";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";

type ChannelActionsProps = Readonly<{ project: string; channel: ChannelView; base: string; mayWrite: boolean }>;

export function ChannelActions({ project, channel, base, mayWrite }: ChannelActionsProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const inUse = channel.profiles.length > 0;

  async function remove() {
    try {
      await apiClient.alerts.removeChannel.mutate({ project, id: channel.id, withProfiles: inUse });
      showToast({ text: `“${channel.name}” is removed.` });
      router.push(`${base}/alerts/channels`);
      router.refresh();
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
      setOpen(false);
    }
  }

  return (
    <>
      <Button
        kind="danger"
        disabled={!mayWrite}
        title={mayWrite ? undefined : "Removing needs the right to write alerts. A tenant administrator can give it."}
        onClick={() => setOpen(true)}
      >
        Remove
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Remove “${channel.name}”`}
        effect={
          <>
            Alerts that wait for it are dropped.{" "}
            {inUse &&
              `${formatCounted(channel.profiles.length, "profile")} that send to it are removed as well: ${channel.profiles.join(", ")}.`}
          </>
        }
        verb="Remove"
        typed={channel.name}
        onConfirm={remove}
      />
    </>
  );
}
