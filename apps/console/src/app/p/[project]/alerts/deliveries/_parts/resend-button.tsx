"use client";

import { Button } from "@rampart/ui/button";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { apiClient, problemOf } from "#shell/api-client.ts";

export function ResendButton({ project, id, mayWrite }: Readonly<{ project: string; id: string; mayWrite: boolean }>) {
  const router = useRouter();
  async function resend() {
    try {
      await apiClient.alerts.resendDeliveries.mutate({ project, ids: [id] });
      showToast({ text: "It is being sent anew." });
      router.refresh();
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
    }
  }
  return (
    <Button
      kind="primary"
      className="justify-self-start"
      disabled={!mayWrite}
      title={mayWrite ? undefined : "Sending anew needs the right to write alerts. A tenant administrator can give it."}
      onClick={() => void resend()}
    >
      Send anew
    </Button>
  );
}
