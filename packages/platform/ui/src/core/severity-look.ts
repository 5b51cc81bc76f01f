import type { Severity } from "@rampart/kernel";

/** Worst first: the order in which people read severities. */
export const severitiesWorstFirst = [
  "critical",
  "high",
  "medium",
  "low",
  "unknown",
] as const satisfies readonly Severity[];

type SeverityLook = Readonly<{ word: string; shape: string; text: string; soft: string; fill: string }>;

/** A severity is never shown by colour alone: each has a shape and a word. Class names are spelled out for Tailwind. */
export const severityLook: Readonly<Record<Severity, SeverityLook>> = {
  critical: {
    word: "Critical",
    shape: "◆",
    text: "text-critical",
    soft: "bg-critical-soft",
    fill: "fill-critical-fill",
  },
  high: { word: "High", shape: "▲", text: "text-high", soft: "bg-high-soft", fill: "fill-high-fill" },
  medium: { word: "Medium", shape: "●", text: "text-medium", soft: "bg-medium-soft", fill: "fill-medium-fill" },
  low: { word: "Low", shape: "○", text: "text-low", soft: "bg-low-soft", fill: "fill-low-fill" },
  unknown: { word: "Unrated", shape: "–", text: "text-unknown", soft: "bg-unknown-soft", fill: "fill-unknown-fill" },
};
