import type { ChannelView } from "@rampart/alerts/contract";
import type { DefenderSummary } from "@rampart/fleet/contract";
import { formatCounted } from "@rampart/ui/core/format";
import type { ExplorerTotals, IntelligenceStatus } from "@rampart/vulnerabilities/contract";

/** One thing that somebody should decide or mend, with the page where it is done. */
export type Decision = Readonly<{ tone: "bad" | "warn" | "accent"; text: string; verb: string; href: string }>;

type Facts = Readonly<{
  totals: ExplorerTotals;
  /** Null where the person has no right to know. */
  defenders: DefenderSummary | null;
  intelligence: IntelligenceStatus;
  channels: readonly ChannelView[] | null;
  base: string;
}>;

/** What is broken stands before what is dangerous, and that before what is only unfinished. */
export function toDecisions(facts: Facts): readonly Decision[] {
  return [...fleetDecisions(facts), ...channelDecisions(facts), ...findingDecisions(facts), ...setUpDecisions(facts)];
}

function fleetDecisions({ defenders, base }: Facts): readonly Decision[] {
  if (defenders === null) return [];
  const list: Decision[] = [];
  const { connected, stale, disconnected } = defenders;
  if (disconnected > 0) {
    list.push({
      tone: "bad",
      text: `${formatCounted(disconnected, "Defender")} ${disconnected === 1 ? "is" : "are"} disconnected; what runs there is not seen.`,
      verb: "See which",
      href: `${base}/manage/defenders?q=state:disconnected`,
    });
  }
  if (connected + stale + disconnected === 0) {
    list.push({
      tone: "accent",
      text: "No host is watched yet.",
      verb: "Enrol a Defender",
      href: `${base}/manage/defenders/enrol`,
    });
  }
  return list;
}

function channelDecisions({ channels, base }: Facts): readonly Decision[] {
  return (channels ?? [])
    .filter(({ state }) => state === "failing")
    .map(({ name, waiting }) => ({
      tone: "bad",
      text: `Channel “${name}” cannot deliver; ${formatCounted(waiting, "alert waits", "alerts wait")}.`,
      verb: "See why",
      href: `${base}/alerts/channels`,
    }));
}

function findingDecisions({ totals: { funnel }, base }: Facts): readonly Decision[] {
  const list: Decision[] = [];
  const explorer = `${base}/vulnerabilities/explorer`;
  if (funnel.exploited > 0) {
    list.push({
      tone: "bad",
      text: `${formatCounted(funnel.exploited, "urgent CVE")} with a fix ${funnel.exploited === 1 ? "is" : "are"} exploited in the wild.`,
      verb: "Fix first",
      href: `${explorer}?q=${encodeURIComponent("severity:high fix:yes exploited:yes")}`,
    });
  }
  if (funnel.fixable > funnel.exploited) {
    list.push({
      tone: "warn",
      text: `${formatCounted(funnel.fixable, "critical or high CVE")} can be fixed by an update.`,
      verb: "Plan updates",
      href: `${explorer}?q=${encodeURIComponent("severity:high fix:yes")}`,
    });
  }
  return list;
}

function setUpDecisions({ intelligence, channels, base }: Facts): readonly Decision[] {
  const list: Decision[] = [];
  if (intelligence.onlyStarter) {
    list.push({
      tone: "warn",
      text: "Only the built-in starter set of advisories is loaded; most flaws are not known.",
      verb: "Import advisories",
      href: `${base}/manage/intelligence`,
    });
  }
  for (const source of intelligence.sources.filter(({ problem }) => problem !== null)) {
    list.push({
      tone: "warn",
      text: `The advisories of ${source.file} were refused; the older ones stay in force.`,
      verb: "See why",
      href: `${base}/manage/intelligence`,
    });
  }
  if (channels?.length === 0) {
    list.push({
      tone: "accent",
      text: "Nobody hears about violations yet.",
      verb: "Add a channel",
      href: `${base}/alerts/channels/new`,
    });
  }
  return list;
}
