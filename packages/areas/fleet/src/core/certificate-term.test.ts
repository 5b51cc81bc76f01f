import { expect, test } from "vitest";
import { certificateTerm, lifetimeDays, renewAfter } from "./certificate-term.ts";

test("a certificate is renewed in the last third of its life", () => {
  const term = { notBefore: new Date(0), notAfter: new Date(90_000) };
  expect(renewAfter(term)).toEqual(new Date(60_000));
});

test("a Defender has a month to renew", () => {
  const term = certificateTerm(new Date(0), lifetimeDays.defender);
  const daysLeft = (term.notAfter.getTime() - renewAfter(term).getTime()) / 86_400_000;
  expect(daysLeft).toBeGreaterThan(29.9);
});
