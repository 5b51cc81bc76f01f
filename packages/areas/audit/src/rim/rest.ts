import { csvLine, pageSizeMax } from "@rampart/kernel";
import { listQuery, restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindAudit } from "../bind.ts";
import { AuditType, auditTypes, ListAuditEntries, type AuditEntryRow } from "../contract.ts";
import { listAuditEntries } from "../verbs/list-audit-entries.ts";
import { listAuditFilterValues } from "../verbs/list-audit-filter-values.ts";

/** Rows that one download carries: what a spreadsheet opens, and what the reference product keeps. */
const downloadRowsMax = 100_000;
/** Both sides of an entry, told line by line. */
const diffLengthMax = 3_000_000;

const MgmtAudit = z.object({
  time: z.iso.datetime(),
  type: AuditType,
  username: z.string().max(256),
  sourceIP: z.string().max(64),
  api: z.string().max(1_024),
  status: z.string().max(128),
  failure: z.boolean(),
  diff: z.string().max(diffLengthMax),
});

/** A list given as `a,b` or as a repeated parameter. */
const Values = z
  .union([z.string().max(4_096), z.array(z.string().max(256)).max(100)])
  .transform((value) => (typeof value === "string" ? value.split(",") : value).filter(Boolean).slice(0, 100))
  .optional();

const MgmtQuery = listQuery.extend({
  type: Values.transform((values) => values?.filter((value) => AuditType.safeParse(value).success)),
  username: Values,
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
type MgmtQuery = z.infer<typeof MgmtQuery>;

export const auditRest: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/audits/mgmt",
    tag: "Audits",
    summary: "Administration activity: who changed what, from where",
    query: MgmtQuery,
    answer: MgmtAudit,
    answers: "rows",
    async run(request) {
      const { rows, total } = await listAuditEntries(ctxOf(request), toAsked(request.query));
      return { kind: "rows", rows: rows.map(toMgmtAudit), total };
    },
  }),
  restRoute({
    method: "get",
    path: "/audits/mgmt/download",
    tag: "Audits",
    summary: "Administration activity as CSV",
    query: MgmtQuery,
    answers: "text",
    async run(request) {
      const rows = (await readAll(request)).map(toMgmtAudit);
      const cells = rows.map((row) => [row.time, row.type, row.username, row.sourceIP, row.api, row.status, row.diff]);
      const header = ["Time", "Type", "Username", "Source IP", "API", "Status", "Diff"];
      const text = [header, ...cells].map(csvLine).join("");
      return { kind: "text", text, contentType: "text/csv", fileName: "mgmt_audits.csv" };
    },
  }),
  restRoute({
    method: "get",
    path: "/audits/mgmt/filters",
    tag: "Audits",
    summary: "Values for the filters of administration activity",
    query: z.object({}),
    answers: "json",
    async run(request) {
      const { callerNames } = await listAuditFilterValues(ctxOf(request));
      return { kind: "json", value: { types: auditTypes, usernames: callerNames } };
    },
  }),
];

function ctxOf({ platform, scope, caller }: RestRequest<unknown, unknown>) {
  return bindAudit(platform, scope, caller);
}

function toAsked(query: MgmtQuery): ListAuditEntries {
  const { type, username, ...list } = query;
  return ListAuditEntries.parse({
    ...list,
    ...(type !== undefined && { types: [...new Set(type)] }),
    ...(username !== undefined && { callerNames: username }),
  });
}

async function readAll(request: RestRequest<MgmtQuery, unknown>): Promise<AuditEntryRow[]> {
  const all: AuditEntryRow[] = [];
  while (all.length < downloadRowsMax) {
    const page = { ...toAsked(request.query), offset: all.length, limit: pageSizeMax };
    const { rows } = await listAuditEntries(ctxOf(request), page);
    all.push(...rows);
    if (rows.length < pageSizeMax) break;
  }
  return all;
}

function toMgmtAudit(entry: AuditEntryRow): z.infer<typeof MgmtAudit> {
  return {
    time: entry.at,
    type: entry.type,
    username: entry.callerName,
    sourceIP: entry.sourceIp ?? "",
    api: entry.subject === null ? entry.action : `${entry.action} ${entry.subject}`,
    status: entry.action.split(".").at(-1) ?? "",
    failure: /refused|failed/.test(entry.action),
    diff: entry.differences.length === 0 ? "" : JSON.stringify(entry.differences),
  };
}
