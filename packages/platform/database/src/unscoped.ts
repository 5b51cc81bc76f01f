/**
 * The doors that are not bound to one project. Only sign-in, tenancy, the gateway's handshake, the relay, the
 * intelligence import and upkeep may import this file; the boundary check holds the list.
 */
export type { Database, Tx } from "./open-database.ts";
export { claimFacts, forgetFacts, type OutboxRow } from "./outbox.ts";
export { listProjectScopes } from "./project-scopes.ts";
export { jobLedger, listUnsettledJobs, markJobsDue, rememberJobs, type LedgerRow } from "./job-ledger.ts";
