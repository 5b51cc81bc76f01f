import { permissions, type Permission } from "@rampart/kernel";
import type { Role } from "../contract.ts";

/** Rights over the installation itself, which no tenant hands out. */
const installationOnly: ReadonlySet<Permission> = new Set(["tenancy.write", "operations.read", "operations.write"]);

/** What each role may do. A reader sees the security data of a tenant, but neither people nor the audit. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  switch (role) {
    case "central-admin":
      return new Set(permissions);
    case "tenant-admin":
      return new Set(permissions.filter((permission) => !installationOnly.has(permission)));
    case "reader":
      return new Set(["tenancy.read", "fleet.read", "inventory.read", "vulnerabilities.read", "alerts.read"]);
  }
}
