import { Prisma, type Tx } from "@rampart/database";
import { pageSizeMax, type ProjectScope } from "@rampart/kernel";
import { CallerKind, valuesMax, type AuditEntryRow, type ListAuditEntries } from "../contract.ts";
import { listDifferences } from "../core/list-differences.ts";
import { beginningsOf, typeOfAction } from "../core/type-of-action.ts";
import type { EntryStore } from "../ports.ts";

/** Entries from which the filter boxes take their values. */
const newestLooked = 20_000;

type Stored = Awaited<ReturnType<Tx["auditEntry"]["findMany"]>>[number];

export function entryStore(tx: Tx, scope: ProjectScope): EntryStore {
  const { projectId } = scope;
  return {
    async list(asked) {
      const where = { projectId, ...filterOf(asked) };
      const direction = asked.reverse ? "asc" : "desc";
      const rows = await tx.auditEntry.findMany({
        where,
        orderBy: [{ at: direction }, { id: direction }],
        skip: asked.offset,
        take: Math.min(asked.limit, pageSizeMax),
      });
      return { rows: rows.map(toRow), total: await tx.auditEntry.count({ where }) };
    },
    async filterValues() {
      const newest = Prisma.sql`select action, caller_name from audit_entry where project_id = ${projectId}::uuid
        order by at desc limit ${newestLooked}`;
      const actions = await tx.$queryRaw<{ value: string }[]>`
        select distinct action as value from (${newest}) newest order by 1 limit ${valuesMax}`;
      const callers = await tx.$queryRaw<{ value: string }[]>`
        select distinct caller_name as value from (${newest}) newest order by 1 limit ${valuesMax}`;
      return { actions: actions.map(({ value }) => value), callerNames: callers.map(({ value }) => value) };
    },
  };
}

function filterOf(asked: ListAuditEntries): Prisma.AuditEntryWhereInput {
  return {
    AND: [
      // At most 100 values each, see the contract.
      asked.actions ? { action: { in: asked.actions } } : {},
      // At most 100 values each, see the contract.
      asked.callerNames ? { callerName: { in: asked.callerNames } } : {},
      // At most as many as there are kinds.
      asked.callerKinds ? { callerKind: { in: asked.callerKinds } } : {},
      asked.area ? { action: { startsWith: `${asked.area}.` } } : {},
      asked.types ? typesFilter(asked.types) : {},
      asked.subject ? { subject: asked.subject } : {},
      asked.from ? { at: { gte: asked.from } } : {},
      asked.to ? { at: { lte: asked.to } } : {},
      asked.search ? searchFilter(asked.search) : {},
    ],
  };
}

function searchFilter(search: string): Prisma.AuditEntryWhereInput {
  const contains = { contains: search, mode: "insensitive" as const };
  return { OR: [{ action: contains }, { subject: contains }, { callerName: contains }] };
}

function typesFilter(types: NonNullable<ListAuditEntries["types"]>): Prisma.AuditEntryWhereInput {
  const { wanted, others } = beginningsOf(types);
  const startsWith = (beginning: string) => ({ action: { startsWith: beginning } });
  return { OR: [...wanted.map(startsWith), ...(others ? [{ NOT: others.map(startsWith) }] : [])] };
}

function toRow(entry: Stored): AuditEntryRow {
  const sides = {
    ...(entry.before !== null && { before: entry.before }),
    ...(entry.after !== null && { after: entry.after }),
  };
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    callerKind: CallerKind.parse(entry.callerKind),
    callerId: entry.callerId,
    callerName: entry.callerName,
    sourceIp: entry.sourceIp,
    action: entry.action,
    type: typeOfAction(entry.action),
    subject: entry.subject,
    ...sides,
    differences: listDifferences(sides.before, sides.after),
  };
}
