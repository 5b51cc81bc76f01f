"use client";

import type { ProfilePreview as Preview } from "@rampart/alerts/contract";
import { formatCount } from "@rampart/ui/core/format";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import { useEffect, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { type ProfileDraft, toPreview } from "./profile-draft.ts";

/** A draft is asked about when the hand rests, not at every letter. */
const restMs = 400;
const shownMax = 12;

type Answer = Readonly<{ preview?: Preview; problem?: string }>;

/** Which of the last alerts the profile would have sent, by the code that routes for real. */
export function ProfilePreview({ project, draft }: Readonly<{ project: string; draft: ProfileDraft }>) {
  const [answer, setAnswer] = useState<Answer>({});
  const asked = JSON.stringify(toPreview(draft));
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      apiClient.alerts.previewProfile
        // The text was written above from exactly this type.
        .query({ project, ...(JSON.parse(asked) as ReturnType<typeof toPreview>) }, { signal: abort.signal })
        .then((preview) => setAnswer({ preview }))
        .catch((thrown: unknown) => {
          if (!abort.signal.aborted) setAnswer({ problem: problemOf(thrown) });
        });
    }, restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [project, asked]);

  if (answer.problem !== undefined) return <p className="text-sm text-bad">{answer.problem}</p>;
  if (answer.preview === undefined) return <p className="text-sm text-ink-muted">Looking at the last alerts</p>;
  const { looked, matched } = answer.preview;
  if (looked === 0) return <p className="text-sm text-ink-muted">There have been no alerts yet that could tell.</p>;
  return (
    <div className="grid gap-3 text-sm" aria-live="polite">
      <p>
        <strong>{formatCount(matched.length)}</strong> of the last {formatCount(looked)} alerts.
      </p>
      <ul className="divide-y">
        {matched.slice(0, shownMax).map((alert, index) => (
          <li key={index} className="grid gap-0.5 py-1.5">
            <p className="flex items-center gap-2">
              <SeverityBadge severity={alert.severity} />
              <span className="min-w-0 flex-1 truncate" title={alert.sentence}>
                {alert.sentence}
              </span>
              <span className="text-xs text-ink-subtle">
                <RelativeTime at={alert.at} />
              </span>
            </p>
            <p className="text-xs text-ink-subtle">because: {alert.because}</p>
          </li>
        ))}
      </ul>
      {matched.length > shownMax && <p className="text-ink-muted">and {matched.length - shownMax} more.</p>}
    </div>
  );
}
