import { centralProjectId, centralTenantId } from "@rampart/kernel";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bindTenancy } from "../bind.ts";
import { createProject } from "./create-project.ts";
import { createTenant } from "./create-tenant.ts";
import { findProject } from "./find-project.ts";
import { listProjects } from "./list-projects.ts";
import { listTenants } from "./list-tenants.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const admin = () => bindTenancy({ database: db.database }, testCaller());
const reader = () => bindTenancy({ database: db.database }, testCaller(["tenancy.read"]));

test("every installation starts with its own project", async () => {
  expect(await findProject(admin(), "Central Console")).toMatchObject({ id: centralProjectId, slug: "central" });
});

test("refuses without permission to make tenants and projects, or to list tenants", async () => {
  await expect(createTenant(reader(), { name: "Shop" })).rejects.toThrow(/tenancy.write/);
  await expect(createProject(reader(), { tenantId: centralTenantId, name: "Web" })).rejects.toThrow(/tenancy.write/);
  await expect(listTenants(reader())).rejects.toThrow(/tenancy.write/);
});

test("projects of one name get addresses of their own, and each is audited", async () => {
  const tenant = await createTenant(admin(), { name: "Shop & Co." });
  const made = [
    await createProject(admin(), { tenantId: tenant.id, name: "Web" }),
    await createProject(admin(), { tenantId: tenant.id, name: "Web" }),
  ];
  expect(made.map((project) => project.slug)).toEqual(["web", "web-2"]);
  expect(await listProjects(admin(), tenant.id)).toHaveLength(2);
  expect(await listProjects(admin(), centralTenantId)).toHaveLength(1);
  const audited = await db.ownerQuery("select 1 from audit_entry where action = 'tenancy.project.created'");
  expect(audited).toHaveLength(2);
});

test("a tenant that does not exist is refused", async () => {
  await expect(createProject(admin(), { tenantId: centralProjectId, name: "Web" })).rejects.toThrow(/no tenant/);
});
