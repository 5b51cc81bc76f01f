import { describe, expect, test } from "vitest";
import { dirtySet } from "./dirty-set.ts";

describe("dirtySet", () => {
  test("a key marked during its own turn gets another one, and marks before a turn are one", async () => {
    const turns: string[] = [];
    const set = dirtySet(
      async (key) => {
        turns.push(key);
        if (turns.length === 1) for (let count = 0; count < 3; count += 1) set.mark("a");
      },
      () => undefined,
    );
    set.mark("a");
    set.mark("b");
    set.mark("b");
    await set.settled();
    expect(turns.toSorted()).toEqual(["a", "a", "b"]);
  });

  test("an error ends one turn, not the others", async () => {
    const turns: string[] = [];
    const errors: unknown[] = [];
    const set = dirtySet(
      async (key) => {
        turns.push(key);
        if (key === "bad") throw new Error(key);
      },
      (error) => errors.push(error),
    );
    for (const key of ["bad", "good"]) set.mark(key);
    await set.settled();
    set.mark("later");
    await set.settled();
    expect(turns).toEqual(["bad", "good", "later"]);
    expect(errors).toHaveLength(1);
  });
});
