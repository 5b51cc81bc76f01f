import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readConfig } from "./read-config.ts";
import { DatabaseUrl, Port, queueSettings } from "./settings.ts";

const Env = z.object({ DATABASE_URL: DatabaseUrl, PORT: Port.default(8083) });

describe("readConfig", () => {
  test("reports every wrong variable by name at once", () => {
    const read = () => readConfig("The gateway", Env, { DATABASE_URL: "mysql://x", PORT: "99999" });
    expect(read).toThrow(/The gateway cannot start[\s\S]*DATABASE_URL[\s\S]*PORT/);
  });

  test("treats an empty variable as unset", () => {
    expect(readConfig("x", Env, { DATABASE_URL: "postgresql://h/d", PORT: "" }).PORT).toBe(8083);
  });
});

test("jobs wait in the database unless Redis is given", () => {
  expect(queueSettings({ DATABASE_URL: "postgresql://h/d" }).kind).toBe("postgres");
  expect(queueSettings({ DATABASE_URL: "postgresql://h/d", REDIS_URL: "redis://h" }).kind).toBe("redis");
});
