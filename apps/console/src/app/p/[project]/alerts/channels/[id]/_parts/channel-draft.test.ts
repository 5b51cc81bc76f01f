import { expect, test } from "vitest";
import { toDraft, toSaved, withTransport } from "./channel-draft.ts";

test("another transport takes its standard port and leaves a chosen one alone", () => {
  const { settings } = toDraft(null);
  expect(withTransport(settings, "udp")).toMatchObject({ transport: "udp", port: 514 });
  expect(withTransport({ ...settings, port: 10514 }, "udp")).toMatchObject({ transport: "udp", port: 10514 });
});

test("a key that was not typed again is not replaced", () => {
  expect(toSaved(toDraft(null), "4be6f7a2-0000-7000-8000-000000000000").secrets).toEqual({});
  expect(toSaved({ ...toDraft(null), clientKey: "PEM" }, undefined)).toMatchObject({ secrets: { clientKey: "PEM" } });
});
