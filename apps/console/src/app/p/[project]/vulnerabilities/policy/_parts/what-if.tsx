"use client";

import type { PolicyPreview } from "@rampart/vulnerabilities/contract";
import { formatCount, formatCounted } from "@rampart/ui/core/format";
import Link from "next/link";
import { useEffect, useState } from "react";
import { apiClient, problemOf } from "#shell/api-client.ts";
import { VerdictWord } from "../../../_lists/summary-cells.tsx";
import { type DraftRule, toSaved } from "./draft.ts";

/** A draft is asked about when the hand rests, not at every step of it. */
const restMs = 400;
const examplesShown = 8;

type Answer = Readonly<{ preview?: PolicyPreview; problem?: string }>;
type WhatIfProps = Readonly<{ project: string; of: "image" | "host"; rules: readonly DraftRule[]; base: string }>;

/** What the draft would decide about today's findings, by the code that decides for real. */
export function WhatIf({ project, of, rules, base }: WhatIfProps) {
  const [answer, setAnswer] = useState<Answer>({});
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      apiClient.vulnerabilities.previewPolicy
        .query({ project, policy: of, rules: rules.map(toSaved) }, { signal: abort.signal })
        .then((preview) => setAnswer({ preview }))
        .catch((thrown: unknown) => {
          if (!abort.signal.aborted) setAnswer({ problem: problemOf(thrown) });
        });
    }, restMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [project, of, rules]);

  const { preview, problem } = answer;
  if (problem !== undefined) return <p className="text-sm text-bad">The effect could not be worked out: {problem}</p>;
  if (preview === undefined) return <p className="text-sm text-ink-muted">Working out what it would do today</p>;
  const changed = preview.examples.filter(({ effect, effectNow }) => effect !== effectNow);
  return (
    <div className="grid gap-3 text-sm" aria-live="polite">
      <p>
        Of {preview.partial ? "at least " : ""}
        {formatCounted(preview.findings, "finding")} on {formatCounted(preview.resources, of)} it would ignore{" "}
        <strong>{formatCount(preview.ignored)}</strong>, alert on <strong>{formatCount(preview.alerted)}</strong> and
        block for <strong>{formatCount(preview.blocked)}</strong>; {formatCounted(preview.resourcesBlocked, of)} would
        be blocked.
      </p>
      {changed.length === 0 ? (
        <p className="text-ink-muted">No verdict of those looked at would change.</p>
      ) : (
        <ul className="grid gap-1">
          {changed.slice(0, examplesShown).map((example) => (
            <li key={`${example.resourceKind} ${example.resourceId}`} className="flex flex-wrap items-center gap-3">
              <Link
                href={`${base}/vulnerabilities/${example.resourceKind}s/${encodeURIComponent(example.resourceId)}`}
                className="min-w-0 truncate font-medium hover:text-accent hover:underline"
              >
                {example.resourceName}
              </Link>
              <VerdictWord effect={example.effectNow} />
              <span aria-label="becomes">→</span>
              <VerdictWord effect={example.effect} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
