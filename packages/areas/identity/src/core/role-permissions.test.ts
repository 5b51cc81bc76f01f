import { permissions } from "@rampart/kernel";
import { expect, test } from "vitest";
import { permissionsOf } from "./role-permissions.ts";

test("a reader can change nothing", () => {
  expect([...permissionsOf("reader")].filter((permission) => permission.endsWith(".write"))).toEqual([]);
});

test("each role may do at least what the weaker one may", () => {
  for (const permission of permissionsOf("reader")) expect(permissionsOf("tenant-admin").has(permission)).toBe(true);
  for (const permission of permissionsOf("tenant-admin"))
    expect(permissionsOf("central-admin").has(permission)).toBe(true);
  expect(permissionsOf("central-admin").size).toBe(permissions.length);
});

test("only central admins own tenants", () => {
  expect(permissionsOf("tenant-admin").has("tenancy.write")).toBe(false);
});
