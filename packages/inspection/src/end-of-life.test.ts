import { describe, expect, test } from "vitest";
import { endOfLife } from "./end-of-life.data.ts";
import { endOfLifeOf } from "./end-of-life.ts";

const now = new Date("2026-11-25T12:00:00Z");

describe("the end of a distribution", () => {
  test.for([
    ["debian", "11", "2026-08-31", true],
    ["debian", "12", "2028-06-30", false],
    ["ubuntu", "20.04", "2025-05-29", true],
    ["ubuntu", "25.10", "2026-07-09", true],
    ["alpine", "3.18.4", "2025-05-09", true],
    ["rhel", "9.4", "2032-05-31", false],
    ["amzn", "2", "2026-06-30", true],
    ["sles", "15.6", "2025-12-31", true],
    ["sles", "12.5", "2024-10-31", true],
    ["sles", "15", "2019-12-31", true],
    ["alpine", "3.23.0", "2027-11-01", false],
  ] as const)("%s %s: %s", ([id, versionId, date, isOver]) => {
    expect(endOfLifeOf({ id, versionId }, now)).toMatchObject({ date, isOver });
  });

  test("is the end of the day that the table names", () => {
    const of = (at: string) => endOfLifeOf({ id: "debian", versionId: "11" }, new Date(at))?.isOver;
    expect([of("2026-08-31T23:59:59Z"), of("2026-09-01T00:00:00Z")]).toEqual([false, true]);
  });

  test("is unknown for rolling releases, versions that we do not know and odd names", () => {
    const unknown = [
      { id: "wolfi", versionId: "20230201" },
      { id: "debian", versionId: "" },
      { id: "debian", versionId: "99" },
      { id: "sles", versionId: "15.9" },
      { id: "constructor", versionId: "name" },
    ];
    expect(unknown.map((os) => endOfLifeOf(os, now))).toEqual([null, null, null, null, null]);
    expect(endOfLifeOf(null, now)).toBeNull();
  });

  test("is a real date throughout the table", () => {
    const dates = Object.values(endOfLife).flatMap((versions) => Object.values(versions));
    expect(dates.filter((date) => Number.isNaN(Date.parse(date)) || !/^\d{4}-\d\d-\d\d$/.test(date))).toEqual([]);
  });
});
