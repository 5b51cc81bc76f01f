import { isAtLeast } from "@rampart/kernel";
import type { Alert, SaveProfile } from "../contract.ts";
import type { HeardFact } from "./to-alert.ts";

/** What of a profile decides whether it sends. */
export type RoutingProfile = Readonly<
  Pick<
    SaveProfile,
    "enabled" | "factTypes" | "resourceKinds" | "ruleNames" | "severityAtLeast" | "where" | "unlabelled"
  >
>;

export type Routed<Profile> = Readonly<{ profile: Profile; because: string }>;

/** Which profiles send an alert, each with its reason. Every profile that matches sends once; order does not matter. */
export function routeFact<Profile extends RoutingProfile>(
  heard: HeardFact,
  profiles: readonly Profile[],
): readonly Routed<Profile>[] {
  return profiles.flatMap((profile) => {
    if (!profile.enabled || !profile.factTypes.includes(heard.alert.factType)) return [];
    const about = whyAlertMatches(heard.alert, profile);
    const carried = whyLabelsMatch(heard.labels, profile);
    return about === null || carried === null ? [] : [{ profile, because: [...about, carried].join("; ") }];
  });
}

/** The conditions that an alert met; null when it met not all of them. */
function whyAlertMatches(alert: Alert, profile: RoutingProfile): readonly string[] | null {
  if (!isAtLeast(alert.severity, profile.severityAtLeast)) return null;
  const because = profile.severityAtLeast === "unknown" ? [] : [`severity ${alert.severity}`];
  if (alert.factType !== "vulnerabilities.rule-violated") return because;
  if (profile.resourceKinds.length > 0) {
    if (!profile.resourceKinds.includes(alert.resourceKind)) return null;
    because.push(`about ${alert.resourceKind === "image" ? "an image" : "a host"}`);
  }
  if (profile.ruleNames.length > 0) {
    if (!profile.ruleNames.includes(alert.ruleName)) return null;
    because.push(`rule "${alert.ruleName}"`);
  }
  return because;
}

function whyLabelsMatch(labels: HeardFact["labels"], profile: RoutingProfile): string | null {
  const wanted = Object.entries(profile.where);
  if (wanted.length === 0) return "profile asks for no label";
  const carried = (name: string) => (Object.hasOwn(labels, name) ? labels[name]?.trim() : undefined);
  if (wanted.every(([name, value]) => carried(name) === value.trim())) {
    return wanted.map(([name, value]) => `${name}=${value.trim()}`).join(", ");
  }
  const carriesNone = wanted.every(([name]) => carried(name) === undefined);
  return carriesNone && profile.unlabelled === "send" ? "resource carries no such label" : null;
}
