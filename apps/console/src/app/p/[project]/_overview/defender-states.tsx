import type { DefenderSummary } from "@rampart/fleet/contract";
import { Button } from "@rampart/ui/button";
import { formatCount } from "@rampart/ui/core/format";
import { StatusWord } from "@rampart/ui/status-word";
import Link from "next/link";

type DefenderStatesProps = Readonly<{ states: DefenderSummary | null; base: string; mayEnrol: boolean }>;

const words = ["connected", "stale", "disconnected"] as const;

export function DefenderStates({ states, base, mayEnrol }: DefenderStatesProps) {
  if (states === null) return <p className="text-sm text-ink-muted">You have no right to see Defenders.</p>;
  return (
    <div className="grid gap-3">
      <ul className="grid gap-1">
        {words.map((word) => (
          <li key={word} className="flex items-center justify-between text-sm">
            <StatusWord word={word} {...(states[word] === 0 && { tone: "quiet" as const })} />
            {states[word] === 0 ? (
              <span className="text-ink-subtle">0</span>
            ) : (
              <Link
                href={`${base}/manage/defenders?q=state:${word}`}
                className="font-medium text-accent hover:underline"
              >
                {formatCount(states[word])}
              </Link>
            )}
          </li>
        ))}
      </ul>
      {mayEnrol && (
        <Button asChild className="justify-self-start">
          <Link href={`${base}/manage/defenders/enrol`}>Enrol a Defender</Link>
        </Button>
      )}
    </div>
  );
}
