import { Refusal, type Severity } from "@rampart/kernel";
import { z } from "zod";
import { everything, exceptionsMax, patternsMax, rulesMax, type Policy, type PolicyRule } from "../../contract.ts";

/** Thresholds as the public API counts them: 0 off, 1 low, 4 medium, 7 high, 9 critical. */
const thresholds: readonly (readonly [number, Exclude<Severity, "unknown">])[] = [
  [9, "critical"],
  [7, "high"],
  [4, "medium"],
  [1, "low"],
];
const policyTypes = { image: "containerVulnerability", host: "hostVulnerability" } as const;

const Text = (max: number) =>
  z
    .string()
    .max(max)
    .nullish()
    .transform((text) => text ?? "");
const Flag = z
  .boolean()
  .nullish()
  .transform((flag) => flag === true);
const List = <Item extends z.ZodType>(item: Item, max: number) =>
  z
    .array(item)
    .max(max)
    .nullish()
    .transform((list) => list ?? []);
const Value = z
  .number()
  .min(0)
  .max(10)
  .nullish()
  .transform((value) => value ?? 0);
const Days = z
  .int()
  .min(0)
  .max(3_650)
  .nullish()
  .transform((days) => days ?? 0);
const Threshold = z.object({ value: Value, disabled: Flag, enabled: Flag }).nullish();
const Effect = z.enum(["ignore", "alert", "block"]);
const Pattern = z.string().min(1).max(512);

const Collection = z.object({
  name: z.string().min(1).max(128),
  images: List(Pattern, patternsMax),
  hosts: List(Pattern, patternsMax),
  labels: List(Pattern, patternsMax),
});

const CveRule = z.object({
  id: z.string().min(1).max(128),
  effect: Effect,
  description: Text(2_000),
  expiration: z.object({ enabled: Flag, date: z.string().max(64).nullish() }).nullish(),
});

const RestRule = z.looseObject({
  name: z.string().min(1).max(256),
  notes: Text(4_000),
  disabled: Flag,
  collections: List(Collection, 64),
  alertThreshold: Threshold,
  blockThreshold: Threshold,
  onlyFixed: Flag,
  graceDays: Days,
  graceDaysPolicy: z.object({ enabled: Flag, critical: Days, high: Days, medium: Days, low: Days }).nullish(),
  cveRules: List(CveRule, exceptionsMax),
  riskFactorsEffects: List(
    z.object({
      riskFactor: z.enum(["Exploit exists - in the wild", "Exploit exists - POC"]),
      effect: z.enum(["alert", "block"]),
    }),
    2,
  ),
  pkgTypesThresholds: List(
    z.object({ type: z.string().min(1).max(32), alertThreshold: Threshold, blockThreshold: Threshold }),
    32,
  ),
  blockMsg: Text(2_000),
});
type RestRule = z.infer<typeof RestRule>;

/** `{}` empties the policy. */
export const PolicyDocument = z.looseObject({ rules: List(RestRule, rulesMax) });
export type PolicyDocument = z.infer<typeof PolicyDocument>;

/** Parts of a rule that would narrow or widen what it does, and that we do not have: refused rather than ignored. */
const unsupported = ["tags", "license", "excludeBaseImageVulns", "group", "principal"] as const;

/** Rules of the document in our words. A rule that keeps its name keeps its id. */
export function readPolicyDocument(
  { rules }: PolicyDocument,
  known: Policy,
  nextId: () => string,
): readonly PolicyRule[] {
  const ids = new Map(known.rules.map(({ name, id }) => [name, id]));
  return rules.map((rule) => {
    const part = unsupported.find((key) => isAsked(rule[key]));
    if (part !== undefined) {
      const message = `Rule "${rule.name}" uses "${part}", which rules here do not have. Nothing was saved.`;
      throw new Refusal("invalid", "vulnerabilities.policy.unsupported", message);
    }
    return toRule(rule, ids.get(rule.name) ?? nextId());
  });
}

function isAsked(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value !== "object") return true;
  return Object.values(value).some((part) => (typeof part === "object" ? isAsked(part) : part === true));
}

function toRule(rule: RestRule, id: string): PolicyRule {
  const { graceDaysPolicy: bySeverity } = rule;
  return {
    id,
    name: rule.name,
    notes: rule.notes,
    enabled: !rule.disabled,
    collections: rule.collections.length === 0 ? [everything] : rule.collections.map(toCollection),
    alertFrom: alertFrom(rule.alertThreshold),
    blockFrom: blockFrom(rule.blockThreshold),
    onlyFixed: rule.onlyFixed,
    graceDays:
      bySeverity?.enabled === true
        ? { critical: bySeverity.critical, high: bySeverity.high, medium: bySeverity.medium, low: bySeverity.low }
        : rule.graceDays,
    exceptions: rule.cveRules.map(({ id: cve, effect, description, expiration }) => ({
      cve,
      effect,
      reason: description,
      ...(expiration?.enabled === true && isDate(expiration.date) && { expiresAt: expiration.date }),
    })),
    riskFactorEffects: rule.riskFactorsEffects.map(({ riskFactor, effect }) => ({ factor: riskFactor, effect })),
    packageKindThresholds: rule.pkgTypesThresholds.map((own) => ({
      packageKind: own.type === "package" ? "os" : own.type,
      alertFrom: alertFrom(own.alertThreshold),
      blockFrom: blockFrom(own.blockThreshold),
    })),
    blockMessage: rule.blockMsg,
  };
}

/** Collections are named by their conditions; the wildcard for everything is the absence of a condition. */
function toCollection({ name, images, hosts, labels }: z.infer<typeof Collection>): PolicyRule["collections"][number] {
  const asked = (patterns: readonly string[]) => patterns.filter((pattern) => pattern !== "*");
  return { name, images: asked(images), hosts: asked(hosts), labels: asked(labels) };
}

function isDate(date: string | null | undefined): date is string {
  return date !== null && date !== undefined && z.iso.datetime({ offset: true }).safeParse(date).success;
}

function alertFrom(threshold: z.infer<typeof Threshold>): PolicyRule["alertFrom"] {
  if (threshold?.disabled === true) return null;
  return severityFrom(threshold?.value ?? 0) ?? "low";
}

function blockFrom(threshold: z.infer<typeof Threshold>): PolicyRule["blockFrom"] {
  return threshold?.enabled === true ? (severityFrom(threshold.value) ?? "low") : null;
}

function severityFrom(value: number): PolicyRule["alertFrom"] {
  return thresholds.find(([from]) => value >= from)?.[1] ?? null;
}

function valueOf(severity: PolicyRule["alertFrom"]): number {
  return thresholds.find(([, name]) => name === severity)?.[0] ?? 0;
}

export function toPolicyDocument(policy: Policy) {
  return {
    _id: policyTypes[policy.policy],
    policyType: policyTypes[policy.policy],
    rules: policy.rules.map((rule) => toRestRule(rule, policy)),
  };
}

function toRestRule(rule: Policy["rules"][number], { updatedAt, updatedBy }: Policy) {
  const grace = rule.graceDays;
  return {
    name: rule.name,
    owner: updatedBy ?? "system",
    modified: updatedAt ?? "0001-01-01T00:00:00Z",
    notes: rule.notes,
    disabled: !rule.enabled,
    effect: effectText(rule),
    collections: rule.collections.map(toRestCollection),
    alertThreshold: { value: valueOf(rule.alertFrom), disabled: rule.alertFrom === null },
    blockThreshold: { value: valueOf(rule.blockFrom), enabled: rule.blockFrom !== null },
    onlyFixed: rule.onlyFixed,
    graceDays: typeof grace === "number" ? grace : 0,
    graceDaysPolicy:
      typeof grace === "number"
        ? { enabled: false, low: 0, medium: 0, high: 0, critical: 0 }
        : { enabled: true, ...grace },
    cveRules: rule.exceptions.map(({ cve, effect, reason, expiresAt }) => ({
      id: cve,
      effect,
      description: reason,
      expiration: { enabled: expiresAt !== undefined, date: expiresAt ?? "0001-01-01T00:00:00Z" },
    })),
    tags: [],
    riskFactorsEffects: rule.riskFactorEffects.map(({ factor, effect }) => ({ riskFactor: factor, effect })),
    pkgTypesThresholds: rule.packageKindThresholds.map((own) => ({
      type: own.packageKind === "os" ? "package" : own.packageKind,
      alertThreshold: { value: valueOf(own.alertFrom), disabled: own.alertFrom === null },
      blockThreshold: { value: valueOf(own.blockFrom), enabled: own.blockFrom !== null },
    })),
    blockMsg: rule.blockMessage,
    excludeBaseImageVulns: false,
    verbose: false,
    allCompliance: false,
    auditAllowed: false,
    createPR: false,
  };
}

function effectText({ alertFrom: alert, blockFrom: block }: PolicyRule): string {
  const effects = [...(alert === null ? [] : ["alert"]), ...(block === null ? [] : ["block"])];
  return effects.length === 0 ? "ignore" : effects.join(", ");
}

function toRestCollection({ name, images, hosts, labels }: PolicyRule["collections"][number]) {
  const shown = (patterns: readonly string[]) => (patterns.length === 0 ? ["*"] : patterns);
  const anything = ["*"];
  return {
    name,
    images: shown(images),
    hosts: shown(hosts),
    labels: shown(labels),
    containers: anything,
    functions: anything,
    namespaces: anything,
    clusters: anything,
    appIDs: anything,
    accountIDs: anything,
    codeRepos: anything,
    color: "",
    description: "",
    owner: "system",
    system: name === everything.name,
    prisma: false,
    modified: "0001-01-01T00:00:00Z",
  };
}
