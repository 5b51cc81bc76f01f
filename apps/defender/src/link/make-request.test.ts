import "reflect-metadata";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { Pkcs10CertificateRequest } from "@peculiar/x509";
import { expect, test } from "vitest";
import { makeKeyAndRequest } from "./make-request.ts";

test("the request is well formed, signed by the key, and for that key on P-256", async () => {
  const { key, csr } = await makeKeyAndRequest();
  const request = new Pkcs10CertificateRequest(csr);
  expect(await request.verify()).toBe(true);
  expect(request.subject).toBe("");
  expect(request.publicKey.algorithm).toMatchObject({ name: "ECDSA", namedCurve: "P-256" });
  const own = createPublicKey(createPrivateKey(key)).export({ type: "spki", format: "der" });
  expect(Buffer.from(request.publicKey.rawData).equals(own)).toBe(true);
});

test("every key is a new one", async () => {
  const [one, two] = await Promise.all([makeKeyAndRequest(), makeKeyAndRequest()]);
  expect(one.key).not.toBe(two.key);
});
