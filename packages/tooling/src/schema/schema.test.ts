import { describe, expect, test } from "vitest";
import { findForeignTables } from "./find-foreign-tables.ts";
import { findPolicyFaults } from "./find-policy-faults.ts";
import { findSchemaFaults } from "./find-schema-faults.ts";
import { readSchema } from "./read-schema.ts";

const right = `
model FleetDefender {
  projectId String   @map("project_id") @db.Uuid
  id        String   @db.Uuid
  seenAt    DateTime @map("seen_at") @db.Timestamptz(3)

  @@id([projectId, id])
  @@index([projectId, seenAt(sort: Desc)])
  @@map("fleet_defender")
}
`;
const none = { installationTables: {}, crossProjectIndexes: {} };
const faultsOf = (text: string) => findSchemaFaults(readSchema("fleet", text), none);

test("a table in the shape of the house has no fault", () => {
  expect(faultsOf(right)).toEqual([]);
  expect(readSchema("fleet", right)[0]?.indexes).toEqual([["project_id", "seen_at"]]);
});

describe("the schema check reports", () => {
  test.for([
    ["a key that does not begin with the project", right.replace("@@id([projectId, id])", "@@id([id])"), /primary key/],
    [
      "an index that spans projects",
      right.replace("@@index([projectId, seenAt", "@@index([seenAt"),
      /index on seen_at/,
    ],
    [
      "a uniqueness that spans projects",
      right.replace("id        String   @db.Uuid", "id String @unique @db.Uuid"),
      /index on id/,
    ],
    ["a table without its area's name", right.replace("fleet_defender", "defender"), /called fleet_/],
    [
      "a time without its zone",
      right.replace(' @map("seen_at") @db.Timestamptz(3)', ' @map("seen_at")'),
      /timestamptz/,
    ],
    [
      "a foreign key without an index",
      right.replace("@@map", "host Host @relation(fields: [id], references: [id])\n @@map"),
      /foreign key/,
    ],
  ] as const)("%s", ([, text, fault]) => {
    expect(faultsOf(text).join("\n")).toMatch(fault);
  });

  test("a table without a project that nobody has listed", () => {
    expect(faultsOf(right.replaceAll(/^.*projectId.*$/gm, "")).join()).toMatch(/project_id comes first/);
  });

  test("an exception that is none any more", () => {
    const faults = findSchemaFaults(readSchema("fleet", right), {
      ...none,
      installationTables: { fleet_defender: "old" },
    });
    expect(faults.join()).toMatch(/take it off the list/);
  });
});

describe("the policy check reports", () => {
  const policies = `
    alter table fleet_defender enable row level security;
    alter table fleet_defender force row level security; -- the owner too
    create policy project_rows on fleet_defender to rampart_project
      using (project_id = current_setting('app.project')::uuid)
      with check (project_id = current_setting('app.project')::uuid);
  `;
  const policyFaults = (text: string) => findPolicyFaults(readSchema("fleet", right), text).join("\n");

  test("nothing when both belts are on", () => expect(policyFaults(policies)).toBe(""));
  test.for([
    ["a table without row-level security", policies.replace("enable", "disable"), /not enabled/],
    ["row-level security that spares the owner", policies.replace("force", "no force"), /not forced/],
    [
      "a table without a policy",
      policies.replace("create policy project_rows on fleet_defender", "create policy p on other"),
      /nobody/,
    ],
    [
      "a policy that shows every row",
      policies
        .replace("using (project_id = current_setting('app.project')::uuid)", "using (true)")
        .replace("check (project_id = current_setting('app.project')::uuid)", "check (true)"),
      /does not ask/,
    ],
    ["a policy without a check on writes", policies.replace(/with check .*/, ""), /without a check/],
  ] as const)("%s", ([, text, fault]) => {
    expect(policyFaults(text)).toMatch(fault);
  });
});

test.for([
  ["by Prisma", "tx.fleetDefender.findFirst({})"],
  ["in SQL", "select 1 from fleet_defender"],
] as const)("a table named %s by another area is reported, by its own area it is not", ([, text]) => {
  const tables = readSchema("fleet", right);
  expect(findForeignTables(tables, [{ path: "packages/areas/alerts/src/rim/store.ts", text }])).toHaveLength(1);
  expect(findForeignTables(tables, [{ path: "packages/areas/fleet/src/rim/store.ts", text }])).toEqual([]);
});
