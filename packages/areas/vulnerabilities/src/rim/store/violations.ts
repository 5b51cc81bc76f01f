import type { Labels, ProjectScope, SeverityCounts } from "@rampart/kernel";
import { Prisma, type Tx } from "@rampart/database";
import type { AuditRow, ListAudits, ResourceKind, ViolatedFinding } from "../../contract.ts";
import type { AuditStore } from "../../ports.ts";
import { allOf, asRows, containing, when } from "./sql.ts";

type Row = {
  id: string;
  at: Date;
  resourceKind: ResourceKind;
  resourceId: string;
  resourceName: string;
  ruleName: string;
  effect: "alert" | "block";
  counts: SeverityCounts;
  labels: Labels;
  findings: ViolatedFinding[];
  findingTotal: number;
};

export function auditStore(tx: Tx, { projectId }: ProjectScope): AuditStore {
  return {
    async add(audits) {
      if (audits.length === 0) return;
      await tx.$executeRaw`
        insert into vulnerabilities_audit (project_id, id, at, resource_kind, resource_id, resource_name, rule_id, rule_name,
          effect, counts, labels, findings, finding_total)
        select ${projectId}::uuid, id, at, "resourceKind", "resourceId", "resourceName", "ruleId", "ruleName", effect,
          counts, labels, findings, "findingTotal"
        from jsonb_to_recordset(${asRows(audits)}::jsonb) as given (id uuid, at timestamptz, "resourceKind" text,
          "resourceId" text, "resourceName" text, "ruleId" uuid, "ruleName" text, effect text, counts jsonb, labels jsonb,
          findings jsonb, "findingTotal" integer)`;
    },
    list: (asked) => list(tx, projectId, asked),
    async countByRule(since) {
      const rows = await tx.$queryRaw<{ name: string; hits: number }[]>`
        select rule_name as name, count(*)::float8 as hits from vulnerabilities_audit
        where project_id = ${projectId}::uuid and at >= ${since} group by rule_name`;
      return new Map(rows.map(({ name, hits }) => [name, hits]));
    },
  };
}

async function list(tx: Tx, projectId: string, asked: ListAudits) {
  const where = allOf([
    Prisma.sql`project_id = ${projectId}::uuid`,
    when(asked.resourceKind, (kind) => Prisma.sql`resource_kind = ${kind}`),
    when(asked.resourceId, (id) => Prisma.sql`resource_id = ${id}`),
    when(asked.ruleName, (name) => Prisma.sql`rule_name = ${name}`),
    when(asked.from, (from) => Prisma.sql`at >= ${new Date(from)}`),
    when(asked.to, (to) => Prisma.sql`at <= ${new Date(to)}`),
    when(asked.search === "" ? undefined : asked.search, (word) => {
      const pattern = containing(word);
      return Prisma.sql`(resource_name ilike ${pattern} or rule_name ilike ${pattern})`;
    }),
  ]);
  const order = asked.reverse ? Prisma.sql`at, id desc` : Prisma.sql`at desc, id`;
  const rows = await tx.$queryRaw<Row[]>`
    select id, at, resource_kind as "resourceKind", resource_id as "resourceId", resource_name as "resourceName",
      rule_name as "ruleName", effect, counts, labels, findings, finding_total as "findingTotal"
    from vulnerabilities_audit where ${where} order by ${order} limit ${asked.limit} offset ${asked.offset}`;
  const [counted] = await tx.$queryRaw<{ total: number }[]>`
    select count(*)::float8 as total from vulnerabilities_audit where ${where}`;
  return { rows: rows.map(toAudit), total: counted?.total ?? 0 };
}

function toAudit({ at, ...row }: Row): AuditRow {
  return { ...row, at: at.toISOString() };
}
