import type { DefenderDetail } from "@rampart/fleet/contract";
import { EmptyState } from "@rampart/ui/empty-state";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord, type StatusTone } from "@rampart/ui/status-word";

const tones: Readonly<Record<DefenderDetail["duties"][number]["state"], StatusTone>> = {
  idle: "good",
  working: "accent",
  failing: "bad",
  disabled: "quiet",
};

export function DutyList({ duties }: Readonly<Pick<DefenderDetail, "duties">>) {
  if (duties.length === 0) return <EmptyState compact title="The Defender has not told of its duties yet" />;
  return (
    <ul className="divide-y">
      {duties.map((duty) => (
        <li key={duty.name} className="grid gap-0.5 px-4 py-1.5 text-sm">
          <div className="flex items-center gap-4">
            <span className="min-w-0 flex-1 truncate font-medium">{duty.name}</span>
            <StatusWord word={duty.state} tone={tones[duty.state]} />
            {duty.since !== undefined && (
              <span className="text-xs text-ink-subtle">
                <RelativeTime at={duty.since} />
              </span>
            )}
          </div>
          {duty.message !== undefined && <p className="text-xs text-ink-muted">{duty.message}</p>}
        </li>
      ))}
    </ul>
  );
}
