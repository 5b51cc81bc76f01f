import type { AuditType } from "../contract.ts";

/** Beginnings of actions and the group the public API files them under; the first that fits counts. */
const groups: readonly (readonly [beginning: string, type: AuditType])[] = [
  ["identity.sign-in", "login"],
  ["identity.session", "login"],
  ["identity.set-up", "login"],
  ["identity.user", "user"],
  ["identity.password", "user"],
  ["identity.token", "credential"],
  ["identity.group", "group"],
  ["identity.role", "role"],
  ["fleet.enrolment-token", "credential"],
  ["fleet.certificate", "credential"],
  ["fleet.authority", "credential"],
  ["fleet.defender.enrolled", "pairing"],
  ["vulnerabilities.policy", "rule"],
  ["vulnerabilities.exception", "rule"],
  ["alerts.profile", "profile"],
];

/** The group of an action as the public API names it; whatever has no group is a change of settings. */
export function typeOfAction(action: string): AuditType {
  return groups.find(([beginning]) => action.startsWith(beginning))?.[1] ?? "settings";
}

/** Beginnings of the actions of some groups, for queries; `others` is set when everything without a group is meant too. */
export function beginningsOf(types: readonly AuditType[]): { wanted: string[]; others: string[] | null } {
  const wanted = groups.filter(([, type]) => types.includes(type)).map(([beginning]) => beginning);
  return { wanted, others: types.includes("settings") ? groups.map(([beginning]) => beginning) : null };
}
