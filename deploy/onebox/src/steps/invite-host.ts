import { openDatabase } from "@rampart/database";
import { bindFleet } from "@rampart/fleet/bind";
import { createEnrolmentToken } from "@rampart/fleet";
import { centralProjectId, centralTenantId, permissions, type Caller } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import { answerParent } from "./run-step.ts";

export type InviteHost = Readonly<{ serviceUrl: string; gatewayUrl: string }>;
export type HostInvitation = Readonly<{ gateway: string; token: string; pin: string }>;

const operator: Caller = { kind: "system", id: "onebox", name: "onebox", permissions: new Set(permissions) };
const lifetimeMinutes = 5;

/** Permits the Defender of this host to enrol, as a person would do on the page Defenders. */
answerParent(async ({ serviceUrl, gatewayUrl }: InviteHost): Promise<HostInvitation> => {
  const database = openDatabase({ url: serviceUrl, poolMax: 1 });
  try {
    const scope = grantScope(centralTenantId, centralProjectId);
    const ctx = bindFleet({ database, addresses: { gatewayUrl } }, scope, operator);
    const { gateway, token, pin } = await createEnrolmentToken(ctx, { lifetimeMinutes });
    return { gateway, token, pin };
  } finally {
    await database.close();
  }
});
