"use client";

import type { CustomVulnerabilitiesView, CustomVulnerability } from "@rampart/vulnerabilities/contract";
import { Button } from "@rampart/ui/button";
import { Card } from "@rampart/ui/card";
import { Dialog } from "@rampart/ui/dialog";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import dynamic from "next/dynamic";
import { useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { needsWrite } from "./needs-operate.ts";

// The form brings the schemas of the contract, which nobody needs who only reads.
const OwnFlawForm = dynamic(() => import("./own-flaw-form.tsx").then((module) => module.OwnFlawForm), { ssr: false });

type OwnFlawsCardProps = Readonly<{ project: string; list: CustomVulnerabilitiesView; mayWrite: boolean }>;

/** Flaws in a team's own software: no feed knows them. */
export function OwnFlawsCard({ project, list, mayWrite }: OwnFlawsCardProps) {
  const router = useRouter();
  const [adding, setAdding] = useState(false);

  async function save(entries: readonly CustomVulnerability[], done: string) {
    const asked = { project, entries: [...entries], seenDigest: list.digest };
    await apiClient.vulnerabilities.saveCustomVulnerabilities.mutate(asked);
    showToast({ text: done });
    router.refresh();
  }

  async function remove(entry: CustomVulnerability) {
    try {
      const others = list.entries.filter((one) => one !== entry);
      await save(others, `${entry.name} is no longer looked for.`);
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
    }
  }

  return (
    <Card
      title="Flaws that only this project knows"
      aside={
        <Button
          size="sm"
          disabled={!mayWrite}
          title={mayWrite ? undefined : needsWrite}
          onClick={() => setAdding(true)}
        >
          Add flaw
        </Button>
      }
    >
      {list.entries.length === 0 ? (
        <p className="text-sm text-ink-muted">
          None. A flaw in software of your own, that no advisory names, can be looked for here by package and version.
        </p>
      ) : (
        <ul aria-label="Own flaws" className="divide-y rounded-md border">
          {list.entries.map((entry) => (
            <li
              key={`${entry.name} ${entry.packageType} ${entry.packageName} ${entry.minVersion} ${entry.maxVersion}`}
              className="grid gap-0.5 px-3 py-1.5 text-sm"
            >
              <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <span className="font-medium">{entry.name}</span>
                <SeverityBadge severity={entry.severity} />
                <span className="min-w-0 flex-1 truncate">
                  {entry.packageName} <span className="text-ink-muted">({entry.packageType})</span> {versionsOf(entry)}
                </span>
                <Added owner={entry.owner} at={entry.createdAt} />
                {mayWrite && (
                  <Button kind="quiet" size="sm" aria-label={`Remove ${entry.name}`} onClick={() => void remove(entry)}>
                    Remove
                  </Button>
                )}
              </div>
              {entry.reason !== "" && <p className="text-xs text-ink-subtle">{entry.reason}</p>}
            </li>
          ))}
        </ul>
      )}
      <Dialog
        open={adding}
        onOpenChange={setAdding}
        title="Add a flaw of your own"
        description="Everything that is stored is compared with it within minutes."
      >
        <OwnFlawForm
          onSave={async (entry) => {
            await save([...list.entries, entry], `${entry.name} is looked for from now on.`);
            setAdding(false);
          }}
        />
      </Dialog>
    </Card>
  );
}

/** Who entered something in a list of the project, and when. */
export function Added({ owner, at }: Readonly<{ owner: string; at: string }>) {
  return (
    <span className="text-ink-muted">
      {owner}, <RelativeTime at={at} />
    </span>
  );
}

function versionsOf({ minVersion, maxVersion }: CustomVulnerability): string {
  if (minVersion === undefined && maxVersion === undefined) return "in every version";
  if (minVersion === undefined) return `up to ${maxVersion}`;
  return maxVersion === undefined ? `from ${minVersion}` : `${minVersion} to ${maxVersion}`;
}
