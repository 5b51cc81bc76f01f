import { auditPort } from "@rampart/audit/bind";
import { bindInstallation } from "@rampart/database";
import type { Database } from "@rampart/database/unscoped";
import type { Caller } from "@rampart/kernel";
import { hashToken, newToken } from "@rampart/secrets";
import { bindTenancy } from "@rampart/tenancy/bind";
import type { UserView } from "./contract.ts";
import { permissionsOf } from "./core/role-permissions.ts";
import type { IdentityCtx } from "./ports.ts";
import { memoryAttempts } from "./rim/attempts.ts";
import { argon2Passwords } from "./rim/passwords.ts";
import { identityStores } from "./rim/store.ts";

export { readApiToken, signApiToken } from "./rim/api-token.ts";

const attempts = memoryAttempts();

export function bindIdentity(platform: { database: Database }, caller: Caller): IdentityCtx {
  const { database } = platform;
  return {
    ...bindInstallation({ database, caller, audit: auditPort, makeStores: identityStores }),
    passwords: argon2Passwords,
    tokens: { next: newToken, hash: hashToken },
    attempts,
    tenancy: bindTenancy(platform, caller),
  };
}

/** Somebody whose session has not been looked at yet: may sign in, and nothing else. */
export function anonymousCaller(sourceIp?: string): Caller {
  return { kind: "system", id: "anonymous", name: "anonymous", permissions: new Set(), ...(sourceIp && { sourceIp }) };
}

/** A signed-in user as caller, with the rights of their role. */
export function userCaller(user: UserView, kind: "user" | "token", sourceIp?: string): Caller {
  return {
    kind,
    id: user.id,
    name: user.username,
    permissions: permissionsOf(user.role),
    ...(sourceIp && { sourceIp }),
  };
}
