import { classNames } from "./core/class-names.ts";

const looks = {
  good: { shape: "●", text: "text-good" },
  warn: { shape: "▲", text: "text-warn" },
  bad: { shape: "◆", text: "text-bad" },
  quiet: { shape: "○", text: "text-ink-subtle" },
  accent: { shape: "●", text: "text-accent" },
} as const;

export type StatusTone = keyof typeof looks;

const tones: Readonly<Record<string, StatusTone>> = {
  enforced: "good",
  alerting: "warn",
  observing: "accent",
  off: "quiet",
  connected: "good",
  stale: "warn",
  disconnected: "bad",
  retired: "quiet",
  pass: "good",
  fail: "bad",
  "not applicable": "quiet",
  "could not tell": "warn",
  running: "good",
  paused: "warn",
  restarting: "warn",
  created: "quiet",
  exited: "quiet",
  removing: "quiet",
  dead: "bad",
  sent: "good",
  delivered: "good",
  waiting: "accent",
  retrying: "warn",
  failed: "bad",
};

/** A state as shape and word. Words outside the list need a tone of their own. */
export function StatusWord({ word, tone }: Readonly<{ word: string; tone?: StatusTone }>) {
  const { shape, text } = looks[tone ?? tones[word] ?? "quiet"];
  return (
    <span className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap", text)}>
      <span aria-hidden className="text-xs">
        {shape}
      </span>
      {word.charAt(0).toUpperCase() + word.slice(1)}
    </span>
  );
}
