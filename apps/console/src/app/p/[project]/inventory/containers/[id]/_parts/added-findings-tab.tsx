import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import type { JudgedInventory } from "@rampart/vulnerabilities/contract";
import { AddedFindings } from "./added-findings.tsx";

/** Null for those who may not read findings. */
export type Judged = JudgedInventory | null;

const findingsShownMax = 250;

export function AddedFindingsTab({ judged, base }: Readonly<{ judged: Judged; base: string }>) {
  if (judged === null) return <EmptyState title="You have no right to read findings in this project" />;
  const { findings } = judged;
  return (
    <div className="grid gap-2">
      <AddedFindings rows={findings.slice(0, findingsShownMax)} base={base} empty={judgedSentence(judged)} />
      {findings.length > findingsShownMax && (
        <p className="text-sm text-ink-subtle">
          The worst {findingsShownMax} of {formatCounted(findings.length, "finding")}.
        </p>
      )}
    </div>
  );
}

/** "What was added since its start brings 12 findings, 2 of them critical." */
export function judgedSentence(judged: Judged): string {
  if (judged === null) return "";
  const { findings, uncovered, passed } = judged;
  const partly =
    uncovered === null ? "" : ` No advisories for ${uncovered} are loaded, so its system packages could not be judged.`;
  if (findings.length === 0) return `No known flaws came with what was added since its start.${partly}`;
  const critical = findings.filter(({ severity }) => severity === "critical").length;
  const worst = critical === 0 ? "" : `, ${critical} of them critical`;
  const verdict = passed ? "" : " The policy for images would block it.";
  return `What was added since its start brings ${formatCounted(findings.length, "finding")}${worst}.${verdict}${partly}`;
}
