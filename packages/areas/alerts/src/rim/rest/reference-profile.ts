import { Refusal } from "@rampart/kernel";
import { z } from "zod";
import {
  type AlertFactType,
  type AlertResourceKind,
  type ChannelView,
  pemMax,
  profileRulesMax,
  type ProfileView,
} from "../../contract.ts";
import { destinationOf } from "../../core/destination-of.ts";

/** Triggers of the reference API. Every profile names all of them; those without a fact of ours stay off. */
const triggers = [
  "admission", "agentlessAppFirewall", "appEmbeddedAppFirewall", "appEmbeddedRuntime", "cloudDiscovery", "codeRepoVulnerability",
  "containerAppFirewall", "containerCompliance", "containerComplianceScan", "containerRuntime", "containerVulnerability", "defender",
  "docker", "hostAppFirewall", "hostCompliance", "hostComplianceScan", "hostRuntime", "hostVulnerability", "incident",
  "kubernetesAudit", "networkFirewall", "registryVulnerability", "serverlessAppFirewall", "serverlessRuntime", "vmCompliance",
  "vmVulnerability", "waasHealth",
] as const; // prettier-ignore

const Trigger = z.object({
  enabled: z.boolean().default(false),
  allRules: z.boolean().default(true),
  rules: z.array(z.string().min(1).max(256)).max(profileRulesMax).nullish(),
});
type Trigger = z.infer<typeof Trigger>;

export const SyslogBlock = z.object({
  enabled: z.boolean().default(true),
  /** `proto://host:port`. */
  addr: z.string().max(512).default(""),
  cert: z.string().max(pemMax).default(""),
  id: z.string().max(128).default(""),
  verboseScan: z.boolean().default(false),
});
export type SyslogBlock = z.infer<typeof SyslogBlock>;

/** An alert profile as clients of the reference API write it; what they do not know of ours keeps its value. */
export const ReferenceProfile = z.object({
  name: z.string().trim().min(1).max(128),
  notes: z.string().max(4_000).default(""),
  disabled: z.boolean().default(false),
  policy: z.record(z.string().max(64), Trigger).default({}),
  syslog: SyslogBlock.optional(),
});
export type ReferenceProfile = z.infer<typeof ReferenceProfile>;

const off = { enabled: false };
/** Blocks of media that are not there yet: present, because clients read them unguarded. */
const otherMedia = {
  webhook: { ...off, url: "", caCert: "", credentialId: "", json: "" },
  email: { ...off, smtpAddress: "", port: 0, credentialId: "", recipients: [], from: "", ssl: false, labels: [] },
  slack: { ...off, webhookUrl: "", users: [] },
  jira: {
    ...off,
    baseUrl: "",
    caCert: "",
    credentialId: "",
    projectKey: {},
    issueType: "",
    priority: "",
    assignee: {},
    labels: {},
  },
  pagerduty: { ...off, routingKey: { encrypted: "" }, severity: "", summary: "" },
  splunk: { ...off, url: "", authToken: { encrypted: "" }, sourceType: "", json: "", caCert: "" },
  cortex: { ...off, application: "", url: "", credentialId: "", json: "", caCert: "" },
  serviceNow: { ...off },
  securityHub: { ...off, region: "", accountID: "", credentialId: "" },
  gcpPubsub: { ...off, credentialId: "", topic: "" },
  securityCenter: { ...off, credentialId: "", sourceID: "" },
  securityAdvisor: { ...off },
  sqs: { ...off, json: "" },
};

export function toReferenceProfile(profile: ProfileView, channel: ChannelView | undefined) {
  return {
    _id: profile.name,
    name: profile.name,
    previousName: "",
    owner: "",
    modified: profile.updatedAt,
    disabled: !profile.enabled,
    notes: profile.notes,
    lastError: profile.lastError ?? "",
    consoleIdentifier: channel?.settings.identifier ?? "",
    vulnerabilityImmediateAlertsEnabled: true,
    external: false,
    policy: Object.fromEntries(triggers.map((trigger) => [trigger, toTrigger(trigger, profile)])),
    ...otherMedia,
    syslog: channel === undefined ? { ...off, addr: "", cert: "", id: "", verboseScan: false } : toSyslogBlock(channel),
  };
}

export function toSyslogBlock({ enabled, settings }: ChannelView) {
  const { ca: cert, identifier: id, detail } = settings;
  return { enabled, addr: destinationOf(settings), cert, id, verboseScan: detail === "findings" };
}

function toTrigger(trigger: string, { factTypes, resourceKinds, ruleNames }: ProfileView): Trigger {
  const about = (kind: AlertResourceKind) =>
    factTypes.includes("vulnerabilities.rule-violated") && (resourceKinds.length === 0 || resourceKinds.includes(kind));
  const rules = { allRules: ruleNames.length === 0, rules: ruleNames };
  if (trigger === "containerVulnerability") return { enabled: about("image"), ...rules };
  if (trigger === "hostVulnerability") return { enabled: about("host"), ...rules };
  const hears = trigger === "defender" && factTypes.some((type) => type.startsWith("fleet."));
  return { enabled: hears, allRules: true, rules: [] };
}

/** What of our own profile the triggers of the reference API say. */
export function readTriggers(policy: ReferenceProfile["policy"]) {
  const kinds = (["image", "host"] as const).filter((kind) => policy[triggerOf[kind]]?.enabled === true);
  const factTypes: AlertFactType[] = [
    ...(kinds.length > 0 ? (["vulnerabilities.rule-violated"] as const) : []),
    ...(policy["defender"]?.enabled === true
      ? (["fleet.defender-disconnected", "fleet.defender-connected"] as const)
      : []),
  ];
  if (factTypes.length === 0) {
    throw new Refusal(
      "invalid",
      "alerts.profile.no-trigger",
      "Enable at least one trigger that this version can send: containerVulnerability, hostVulnerability or defender.",
    );
  }
  return { factTypes, resourceKinds: kinds.length === 1 ? [...kinds] : [], ruleNames: readRules(kinds, policy) };
}

const triggerOf = { image: "containerVulnerability", host: "hostVulnerability" } as const;

function readRules(kinds: readonly AlertResourceKind[], policy: ReferenceProfile["policy"]): string[] {
  const asked = kinds.map((kind) => rulesOf(policy[triggerOf[kind]]));
  const [first = [], ...others] = asked;
  if (others.some((rules) => rules.join("\n") !== first.join("\n"))) {
    throw new Refusal(
      "invalid",
      "alerts.profile.rules-differ",
      "A profile has one list of rules for images and hosts; use two profiles for different rules.",
    );
  }
  return first;
}

function rulesOf(trigger: Trigger | undefined): string[] {
  return trigger === undefined || trigger.allRules ? [] : (trigger.rules ?? []).toSorted();
}
