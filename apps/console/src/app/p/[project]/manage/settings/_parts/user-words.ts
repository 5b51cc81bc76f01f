import type { Me } from "@rampart/identity/contract";

export type Role = Me["user"]["role"];
export type TenantChoice = Readonly<{ id: string; name: string }>;

export const roleChoices: readonly Readonly<{ value: Role; label: string }>[] = [
  { value: "reader", label: "Read-only" },
  { value: "tenant-admin", label: "Tenant admin" },
  { value: "central-admin", label: "Central admin" },
];

export function readRole(value: string): Role {
  return roleChoices.find((choice) => choice.value === value)?.value ?? "reader";
}
