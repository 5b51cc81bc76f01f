"use client";

import type { DefenderDetail } from "@rampart/fleet/contract";
import { Button } from "@rampart/ui/button";
import { ConfirmDialog } from "@rampart/ui/confirm-dialog";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";

type DefenderActionsProps = Readonly<{
  project: string;
  defender: Pick<DefenderDetail, "id" | "hostname" | "state">;
  mayWrite: boolean;
}>;

export function DefenderActions({ project, defender, mayWrite }: DefenderActionsProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  if (defender.state === "retired") return null;

  async function retire() {
    try {
      await apiClient.fleet.retireDefender.mutate({ project, id: defender.id });
      showToast({ text: `The Defender of ${defender.hostname} is retired.` });
      setOpen(false);
      router.refresh();
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
    }
  }

  async function inspectAgain() {
    try {
      await Promise.all(
        (["rescan-host", "rescan-images"] as const).map((work) =>
          apiClient.fleet.nudgeDefender.mutate({ project, id: defender.id, work }),
        ),
      );
      showToast({ text: `${defender.hostname} inspects its packages and images again.` });
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
    }
  }

  return (
    <>
      <Button
        disabled={!mayWrite || defender.state !== "connected"}
        title={defender.state === "connected" ? undefined : "Only a connected Defender can be asked."}
        onClick={() => void inspectAgain()}
      >
        Inspect again
      </Button>
      <Button
        kind="danger"
        disabled={!mayWrite}
        title={
          mayWrite ? undefined : "Retiring needs the right to write the fleet. A tenant administrator can give it."
        }
        onClick={() => setOpen(true)}
      >
        Retire
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Retire the Defender of ${defender.hostname}`}
        effect="Its certificates stop working at once and it is disconnected. The host and its containers keep running, but nobody watches them any more. To watch the host again, enrol it anew."
        verb="Retire"
        typed={defender.hostname}
        onConfirm={retire}
      />
    </>
  );
}
