import type { Caller } from "@rampart/kernel";
import type { RpcPlatform } from "@rampart/rpc";
import type { ProjectView } from "@rampart/tenancy";

/** Who is behind a request of the public API, and which project they named. */
export type RestAccess = Readonly<{ caller: Caller; openProject(asked: string | undefined): Promise<ProjectView> }>;

export type RestDeps = Readonly<{
  platform: RpcPlatform;
  /** Key of the API tokens. */
  tokenKey: Uint8Array;
  /** Whether the first admin needs the token of the set-up link. */
  setupTokenRequired: boolean;
  sourceIp?: string;
  /** Throws a Refusal of kind "unauthenticated" when the request proves nobody. */
  authenticate(request: Request): Promise<RestAccess>;
}>;
