import { auditPort } from "@rampart/audit/bind";
import { bindArea, type Database } from "@rampart/database";
import type { Caller, Clock, Ids, ProjectScope } from "@rampart/kernel";
import { decodeReport, toPolicySnapshot } from "@rampart/protocol";
import type { CertificateIssuer, FleetCtx, IssuingFleetCtx } from "./ports.ts";
import { mint } from "./rim/mint.ts";
import { fleetStores } from "./rim/store/stores.ts";

export type FleetPlatform = Readonly<{
  database: Database;
  /** Where hosts reach the gateway; needed only to invite them. */
  addresses?: Readonly<{ gatewayUrl: string }>;
  clock?: Clock;
  ids?: Ids;
}>;

const gatewayUrlDefault = "https://localhost:8084";

export function bindFleet(platform: FleetPlatform, scope: ProjectScope, caller: Caller): FleetCtx {
  const { database, clock, ids } = platform;
  return {
    ...bindArea({
      database,
      scope,
      caller,
      audit: auditPort,
      makeStores: fleetStores,
      ...(clock && { clock }),
      ...(ids && { ids }),
    }),
    gatewayUrl: (platform.addresses?.gatewayUrl ?? gatewayUrlDefault).replace(/^wss:/, "https:"),
    mint,
    readReport: decodeReport,
    policySnapshot: toPolicySnapshot,
  };
}

/** For the gateway, which alone holds the keys of the authorities. */
export function bindIssuingFleet(
  platform: FleetPlatform & Readonly<{ issuer: CertificateIssuer }>,
  scope: ProjectScope,
  caller: Caller,
): IssuingFleetCtx {
  return { ...bindFleet(platform, scope, caller), issuer: platform.issuer };
}

// What the gateway needs before it has a project.
export { admissionSentences } from "./core/decide-admission.ts";
export {
  certificateIssuer,
  issueServerCertificate,
  type InstallationAuthority,
} from "./rim/certificates/certificate-issuer.ts";
export { fleetChannel, readFleetNotice } from "./rim/fleet-channel.ts";
export { admitCertificate, findTokenProject, type AdmittedDefender } from "./rim/handshake.ts";
export { openInstallation, saveGatewayNames } from "./rim/installation.ts";
