import { randomBytes } from "node:crypto";
import type { Database } from "@rampart/database";
import { permissions, type Caller, type Clock, type Permission, type ProjectScope } from "@rampart/kernel";
import { sealerFromKey } from "@rampart/secrets";
import { bindIssuingFleet } from "../bind.ts";
import type { IssuingFleetCtx } from "../ports.ts";
import { certificateIssuer } from "../rim/certificates/certificate-issuer.ts";
import { x509 } from "../rim/certificates/x509.ts";
import { openInstallation } from "../rim/installation.ts";
import { createEnrolmentToken } from "../verbs/create-enrolment-token.ts";
import { enrolDefender, type Enrolled } from "../verbs/enrol-defender.ts";

export type Fleet = Readonly<{
  ctx(scope: ProjectScope, granted?: readonly Permission[]): IssuingFleetCtx;
  /** A Defender of the project, enrolled the way a host does it. */
  enrol(scope: ProjectScope, host?: Readonly<{ hostname?: string; machineId?: string }>): Promise<Enrolled>;
}>;

/** Fleet over a test database, with an installation of its own and a clock that the suite moves. */
export async function openFleet(database: Database, clock: Clock): Promise<Fleet> {
  const sealer = sealerFromKey(randomBytes(32));
  const issuer = certificateIssuer(sealer, await openInstallation(database, sealer));
  const ctx: Fleet["ctx"] = (scope, granted = permissions) => {
    const caller: Caller = { kind: "user", id: "tester", name: "tester", permissions: new Set(granted) };
    return bindIssuingFleet({ database, issuer, clock }, scope, caller);
  };
  return {
    ctx,
    async enrol(scope, { hostname = "web-1", machineId } = {}) {
      const { token } = await createEnrolmentToken(ctx(scope), { lifetimeMinutes: 60 });
      return enrolDefender(ctx(scope), { token, csr: await newCsr(), hostname, defenderVersion: "0.1.0", machineId });
    },
  };
}

/** What a host sends to have its key signed. */
export async function newCsr(namedCurve = "P-256"): Promise<string> {
  const keys = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve }, true, ["sign", "verify"]);
  const signingAlgorithm = { name: "ECDSA", hash: "SHA-256" };
  const request = await x509.Pkcs10CertificateRequestGenerator.create({ name: "CN=host", keys, signingAlgorithm });
  return request.toString("pem");
}
