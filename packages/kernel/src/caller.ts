/** Who acts. Written into every audit entry. */
export type Caller = Readonly<{
  kind: "user" | "token" | "defender" | "job" | "system" | "cli";
  /** Stable id: user id, defender id, job name. */
  id: string;
  /** What people recognise: user name, host name, job name. */
  name: string;
  /** Address the request came from, if it came over a network. */
  sourceIp?: string;
  permissions: ReadonlySet<Permission>;
}>;

/** What a role may allow. `read` shows an area, `write` changes what people own in it. */
export const permissions = [
  "tenancy.read",
  "tenancy.write",
  "identity.read",
  "identity.write",
  "fleet.read",
  "fleet.write",
  "inventory.read",
  "inventory.write",
  "vulnerabilities.read",
  "vulnerabilities.write",
  "alerts.read",
  "alerts.write",
  "audit.read",
  "operations.read",
  "operations.write",
] as const;
export type Permission = (typeof permissions)[number];
