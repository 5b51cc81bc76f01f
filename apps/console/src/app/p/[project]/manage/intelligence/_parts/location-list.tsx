"use client";

import type { FeedLocationStatus } from "@rampart/vulnerabilities/contract";
import { Badge } from "@rampart/ui/badge";
import { Button } from "@rampart/ui/button";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord } from "@rampart/ui/status-word";
import { showToast } from "@rampart/ui/toast";
import { useRouter } from "next/navigation";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { periodText } from "./period-options.ts";

const tones = { imported: "good", unchanged: "good", partial: "warn", failed: "bad" } as const;

type LocationListProps = Readonly<{
  project: string;
  locations: readonly FeedLocationStatus[];
  mayWrite: boolean;
  /** The one that is being looked at right now. */
  looking: string | undefined;
  onChange: (stored: FeedLocationStatus) => void;
  onLook: (location: string) => void;
}>;

export function LocationList({ project, locations, mayWrite, looking, onChange, onLook }: LocationListProps) {
  const router = useRouter();

  async function change(work: Promise<unknown>, done: () => void) {
    try {
      await work;
      done();
      router.refresh();
    } catch (thrown) {
      showToast({ text: problemOf(thrown), tone: "bad" });
    }
  }

  if (locations.length === 0) {
    return (
      <p className="text-sm text-ink-muted">
        No folder or address is looked at by itself. Without one, advisories are as old as the last import.
      </p>
    );
  }
  return (
    <ul aria-label="Folders and addresses" className="divide-y rounded-md border">
      {locations.map((one) => (
        <li key={one.location} className="grid gap-0.5 px-3 py-1.5 text-sm">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="min-w-0 flex-[1_1_22rem] truncate font-medium" title={one.location}>
              {one.location}
            </span>
            {one.credential !== null && <Badge>{one.credential === "basic" ? "signs in" : "token"}</Badge>}
            {one.hasOwnAuthority && <Badge>own authority</Badge>}
            <Outcome status={one} isLooking={looking === one.location} />
            <span className="text-ink-muted">{periodText(one.everyHours)}</span>
            {mayWrite && (
              <span className="ml-auto flex gap-1">
                <Button
                  kind="quiet"
                  size="sm"
                  onClick={() => void change(lookNow(project, one), () => onLook(one.location))}
                >
                  Look now
                </Button>
                <Button kind="quiet" size="sm" onClick={() => onChange(one)}>
                  Change
                </Button>
                <Button
                  kind="quiet"
                  size="sm"
                  onClick={() =>
                    void change(remove(project, one), () =>
                      showToast({ text: `${one.location} is no longer looked at.` }),
                    )
                  }
                >
                  Remove
                </Button>
              </span>
            )}
          </div>
          {one.problem !== null && <p className="text-xs text-bad">{one.problem}</p>}
        </li>
      ))}
    </ul>
  );
}

function Outcome({ status, isLooking }: Readonly<{ status: FeedLocationStatus; isLooking: boolean }>) {
  const { outcome, isEnabled, attemptedAt, succeededAt, nextAttemptAt } = status;
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-ink-muted">
      {isLooking ? (
        <StatusWord word="looking" tone="accent" />
      ) : (
        <StatusWord {...(outcome === null ? { word: "waiting" } : { word: outcome, tone: tones[outcome] })} />
      )}
      {attemptedAt !== null && (
        <span>
          looked <RelativeTime at={attemptedAt} />
        </span>
      )}
      {outcome === "failed" && (
        <span>
          worked <RelativeTime at={succeededAt} />
        </span>
      )}
      <span>
        next <RelativeTime at={isEnabled ? nextAttemptAt : null} />
      </span>
    </span>
  );
}

/** Saving a location makes it due. */
function lookNow(project: string, { location, everyHours, isEnabled }: FeedLocationStatus) {
  return apiClient.vulnerabilities.saveFeedLocation.mutate({ project, location, everyHours, isEnabled });
}

function remove(project: string, { location }: FeedLocationStatus) {
  return apiClient.vulnerabilities.removeFeedLocation.mutate({ project, location });
}
