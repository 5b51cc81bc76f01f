import type { Caller, ProjectScope } from "@rampart/kernel";
import type { Database } from "@rampart/database";
import type { Sealer } from "@rampart/secrets";
import type { Logger } from "@rampart/telemetry";

/** What areas need of the running process; each area's bind takes the part it uses. */
export type RpcPlatform = Readonly<{
  database: Database;
  sealer: Sealer;
  logger: Logger;
  /** Version of the product, dotted numbers. */
  version: string;
  /** Where people and Defenders reach this installation. */
  addresses: Readonly<{ consoleUrl: string; gatewayUrl: string }>;
  /** Secret bytes of the key that signs bundles of advisories; processes that make none go without. */
  bundleSeed?: Uint8Array;
}>;

/** What a signed-in person may open: resolved once per request by the rim that authenticated them. */
export type ProjectAccess = Readonly<{ caller: Caller; scope: ProjectScope; projectSlug: string; projectName: string }>;

/** One request. `open` answers with the caller's access to a project, or refuses; a foreign project is "not found". */
export type RpcContext = Readonly<{
  platform: RpcPlatform;
  /** The person behind the request, without a project; null when nobody is signed in. */
  caller: Caller | null;
  /** Address of the peer, for limits and the audit. */
  sourceIp?: string;
  open(project: string): Promise<ProjectAccess>;
}>;
