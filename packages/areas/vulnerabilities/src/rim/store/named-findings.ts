import { Prisma, type Tx } from "@rampart/database";
import type { ListFindings } from "../../contract.ts";
import { allOf, containing, type Sql, when } from "./sql.ts";

type Grade = Readonly<{ severity: number | null; riskScore: number }>;

export type NamedFindings = Readonly<{ listIds(): Promise<readonly string[]>; count(): Promise<number> }>;

/**
 * Findings that are asked for by the name of a package or by a word, in the order of their grades; null when they are
 * asked for otherwise. A project has far fewer matches than findings, and the matches know names and grades: grade by
 * grade, only findings of these names are read. Left to itself, the database walks all findings from the riskiest down
 * until enough of them fit, which for a package with mild flaws is to the very end.
 */
export function namedFindings(tx: Tx, projectId: string, asked: ListFindings, rest: Sql): NamedFindings | null {
  const { resourceId, packageName, search, sort, reverse, limit, offset } = asked;
  const word = search === "" ? undefined : search;
  if (resourceId !== undefined || (packageName ?? word) === undefined) return null;
  if (sort !== "risk" && sort !== "severity") return null;
  const named = allOf([
    Prisma.sql`w.project_id = ${projectId}::uuid`,
    when(packageName, (name) => Prisma.sql`w.package_name = ${name}`),
    when(word, (text) => Prisma.sql`(w.cve ilike ${containing(text)} or w.package_name ilike ${containing(text)})`),
  ]);
  const from = (grade: Grade | null) => Prisma.sql`
    from (select distinct w.package_name, w.cve from vulnerabilities_match w
      where ${named} and ${ofGrade(Prisma.sql`w`, grade)}) k
    join vulnerabilities_finding f
      on f.project_id = ${projectId}::uuid and f.package_name = k.package_name and f.cve = k.cve
    where ${rest} and ${ofGrade(Prisma.sql`f`, grade)}`;

  async function countOf(grade: Grade | null): Promise<number> {
    const [row] = await tx.$queryRaw<{ total: number }[]>`select count(*)::float8 as total ${from(grade)}`;
    return row?.total ?? 0;
  }

  return {
    count: () => countOf(null),
    async listIds() {
      const ids: string[] = [];
      let toSkip = offset;
      for (const grade of await listGrades(tx, named, { sort, reverse })) {
        if (ids.length >= limit) break;
        const passed = toSkip === 0 ? 0 : await countOf(grade);
        if (toSkip > 0 && passed <= toSkip) {
          toSkip -= passed;
          continue;
        }
        // The id breaks ties as in the order of the page.
        const rows = await tx.$queryRaw<{ id: string }[]>`
          select f.id ${from(grade)} order by f.id ${reverse ? Prisma.sql`desc` : Prisma.sql`asc`}
          limit ${limit - ids.length} offset ${toSkip}`;
        ids.push(...rows.map(({ id }) => id));
        toSkip = 0;
      }
      return ids;
    },
  };
}

async function listGrades(
  tx: Tx,
  named: Sql,
  { sort, reverse }: Pick<ListFindings, "sort" | "reverse">,
): Promise<readonly Grade[]> {
  const severity = sort === "severity" ? Prisma.sql`w.severity` : Prisma.sql`null::smallint`;
  const direction = reverse ? Prisma.sql`asc` : Prisma.sql`desc`;
  return tx.$queryRaw<Grade[]>`
    select distinct ${severity} as severity, w.risk_score as "riskScore" from vulnerabilities_match w where ${named}
    order by severity ${direction}, "riskScore" ${direction}`;
}

/** Severity and risk are copied from a match to its findings, so one condition fits both. */
function ofGrade(row: Sql, grade: Grade | null): Sql {
  if (grade === null) return Prisma.sql`true`;
  const { severity, riskScore } = grade;
  const ofRisk = Prisma.sql`${row}.risk_score = ${riskScore}::smallint`;
  return severity === null ? ofRisk : Prisma.sql`${row}.severity = ${severity}::smallint and ${ofRisk}`;
}
