import type { ProjectScope } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { factsPort } from "./facts.ts";
import { claimFacts, forgetFacts } from "./outbox.ts";
import { randomIds } from "./random-ids.ts";

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.drop());

const append = (scope: ProjectScope, type: string, count: number) =>
  db.database.unit(scope, (tx) =>
    factsPort(tx, scope, randomIds).append(...Array.from({ length: count }, (_, n) => ({ type, payload: { n } }))),
  );

test("neither another project nor another kind of fact waits behind a flood, and nothing is lost", async () => {
  const [loud, quiet] = [await db.newProject(), await db.newProject()];
  await append(loud, "test.flood", 1_000);
  await append(loud, "test.seldom", 1);
  await append(quiet, "test.seldom", 1);
  const claimed = await db.database.installation(async (tx) => {
    const rows = await claimFacts(tx, 200);
    await forgetFacts(
      tx,
      rows.map(({ id }) => id),
    );
    return rows;
  });
  const seldom = claimed.filter(({ type }) => type === "test.seldom");
  expect(new Set(seldom.map(({ projectId }) => projectId))).toEqual(new Set([loud.projectId, quiet.projectId]));
  expect(claimed.filter(({ type }) => type === "test.flood")).toHaveLength(25);
  let left = 0;
  for (let taken = 1; taken > 0; left += taken) {
    taken = await db.database.installation(async (tx) => {
      const rows = await claimFacts(tx, 200);
      await forgetFacts(
        tx,
        rows.map(({ id }) => id),
      );
      return rows.length;
    });
  }
  expect(left).toBe(975);
});
