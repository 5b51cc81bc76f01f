import type { AreaCtx } from "@rampart/kernel";
import type { AuditEntryPage, AuditFilterValues, ListAuditEntries } from "./contract.ts";
import type { z } from "zod";

export type EntryStore = Readonly<{
  list(asked: ListAuditEntries): Promise<z.infer<typeof AuditEntryPage>>;
  /** What the filter boxes offer: the actions and callers of the newest entries. */
  filterValues(): Promise<AuditFilterValues>;
}>;

export type AuditCtx = AreaCtx<Readonly<{ entries: EntryStore }>>;
