import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { isTest, listSources, repositoryRoot } from "../../packages/tooling/src/repository.ts";
import { findForeignTables } from "../../packages/tooling/src/schema/find-foreign-tables.ts";
import { findPolicyFaults } from "../../packages/tooling/src/schema/find-policy-faults.ts";
import { findSchemaFaults } from "../../packages/tooling/src/schema/find-schema-faults.ts";
import { readSchema } from "../../packages/tooling/src/schema/read-schema.ts";

/** Tables of the installation. A table that is not named here has a project. */
const installationTables = {
  tenancy_tenant: "a tenant holds projects",
  tenancy_project: "the project itself",
  identity_user: "people belong to a tenant or to the installation",
  identity_session: "a session belongs to a person",
  identity_setting: "how the installation signs people in",
  fleet_installation: "the installation's own CA",
  vulnerabilities_source: "intelligence is the same for every project",
  vulnerabilities_advisory: "intelligence is the same for every project",
  vulnerabilities_affected: "intelligence is the same for every project",
  vulnerabilities_cve: "intelligence is the same for every project",
  vulnerabilities_change: "intelligence is the same for every project",
  vulnerabilities_staged_advisory: "what an import has read so far",
  vulnerabilities_staged_affected: "what an import has read so far",
  vulnerabilities_staged_cve: "what an import has read so far",
  vulnerabilities_feed_location: "the installation decides where intelligence comes from",
  vulnerabilities_bundle_key: "the installation decides whose bundles it trusts",
};

/** Indexes that a lookup before or above any project needs. */
const crossProjectIndexes = {
  "platform_job.enqueued_at": "the relay enqueues again what a lost queue forgot",
  "alerts_channel.wake_at": "the alerting lane looks for channels whose time has come",
  "fleet_certificate.fingerprint": "the handshake learns the project from the certificate",
  "fleet_enrolment_token.token_hash": "enrolment learns the project from the token",
};

/** Who reads `tenancy_project` to learn the tenant of a project, without which no scope can be granted. */
const readersOfProjects = [
  "packages/areas/fleet/src/rim/claim-frames.ts",
  "packages/areas/fleet/src/rim/handshake.ts",
  "packages/areas/fleet/src/rim/lapsed-projects.ts",
  "packages/platform/database/src/project-scopes.ts",
];

const folder = (name: string): string => join(repositoryRoot, "prisma", name);
const read = (path: string): string => readFileSync(path, "utf8");
const schemaFiles = readdirSync(folder("schema")).filter((file) => file.endsWith(".prisma"));
const tables = schemaFiles.flatMap((file) => readSchema(basename(file, ".prisma"), read(join(folder("schema"), file))));
const policies = readdirSync(folder("policies")).map((file) => read(join(folder("policies"), file)));
const migrations = readdirSync(folder("migrations")).filter((name) => !name.endsWith(".toml"));

test("every table is read", () => {
  const models = schemaFiles.flatMap((file) => read(join(folder("schema"), file)).match(/^model /gm) ?? []);
  expect(tables.length).toBe(models.length);
  expect(tables.length).toBeGreaterThan(5);
});

test("every table begins with its area, its key and its indexes with the project", () => {
  expect(findSchemaFaults(tables, { installationTables, crossProjectIndexes })).toEqual([]);
});

test("every table is under row-level security", () => {
  expect(findPolicyFaults(tables, policies.join("\n"))).toEqual([]);
});

test("every table that a migration makes is in the schema, and the other way round", () => {
  const sql = migrations.map((name) => read(join(folder("migrations"), name, "migration.sql"))).join("\n");
  const made = [...sql.matchAll(/create (?:unlogged )?table (?:if not exists )?"?(\w+)"?/gi)].map(
    ([, name = ""]) => name,
  );
  const dropped = new Set([...sql.matchAll(/drop table (?:if exists )?"?(\w+)"?/gi)].map(([, name = ""]) => name));
  const partitions = new Set([...sql.matchAll(/create table (\w+) partition of/gi)].map(([, name = ""]) => name));
  const standing = made.filter((name) => !dropped.has(name) && !partitions.has(name));
  expect(standing.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
});

test("migrations are numbered without a gap and say their area", () => {
  const areas = schemaFiles.map((file) => basename(file, ".prisma")).join("|");
  expect(migrations.filter((name) => !new RegExp(`^\\d{4}_(${areas})_[a-z_]+$`).test(name))).toEqual([]);
  expect(migrations.map((name) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1));
});

test("a table is touched by its own area alone", () => {
  const sources = listSources()
    .filter((path) => !isTest(path) && !path.startsWith("prisma/seed/"))
    .map((path) => ({ path, text: withoutComments(read(join(repositoryRoot, path))) }));
  const readers = readersOfProjects.map((path) => `${path}: tenancy_project belongs to tenancy`);
  expect(findForeignTables(tables, sources).toSorted()).toEqual(readers);
});

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}
