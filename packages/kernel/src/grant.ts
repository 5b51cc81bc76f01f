import type { ProjectScope } from "./scope.ts";

/** Makes a scope out of ids that the calling rim has authenticated: a session, a certificate, a queued envelope. */
export function grantScope(tenantId: string, projectId: string): ProjectScope {
  return { tenantId, projectId } as ProjectScope;
}
