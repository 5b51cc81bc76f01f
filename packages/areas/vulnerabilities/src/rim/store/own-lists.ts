import type { ProjectScope } from "@rampart/kernel";
import type { Tx } from "@rampart/database";
import { AllowedCvesView, CustomVulnerabilitiesView, ownListMax } from "../../contract.ts";
import type { OwnListStore } from "../../ports.ts";
import { asRows } from "./sql.ts";

const customList = "custom-vulnerabilities";
const allowedList = "cve-allow-list";

export function ownListStore(tx: Tx, { projectId }: ProjectScope): OwnListStore {
  return {
    async getCustom() {
      const rows = await tx.vulnerabilitiesCustom.findMany({
        where: { projectId },
        orderBy: { name: "asc" },
        take: ownListMax,
      });
      const entries = rows.map(({ projectId: _, id: __, createdAt, ...row }) => ({
        ...withoutNulls(row),
        createdAt: createdAt.toISOString(),
      }));
      return CustomVulnerabilitiesView.parse({ ...(await readHead(tx, projectId, customList)), entries });
    },
    async getAllowed() {
      const rows = await tx.vulnerabilitiesAllowedCve.findMany({
        where: { projectId },
        orderBy: { cve: "asc" },
        take: ownListMax,
      });
      const entries = rows.map(({ projectId: _, createdAt, expiresAt, ...row }) => ({
        ...row,
        ...(expiresAt !== null && { expiresAt: expiresAt.toISOString() }),
        createdAt: createdAt.toISOString(),
      }));
      return AllowedCvesView.parse({ ...(await readHead(tx, projectId, allowedList)), entries });
    },
    async replaceCustom(entries, { digest, at }) {
      await tx.vulnerabilitiesCustom.deleteMany({ where: { projectId } });
      await tx.$executeRaw`
        insert into vulnerabilities_custom (project_id, id, name, package_name, package_type, min_version, max_version, md5,
          severity, reason, owner, created_at)
        select ${projectId}::uuid, gen_random_uuid(), name, "packageName", "packageType", "minVersion", "maxVersion", md5,
          severity, reason, owner, "createdAt"
        from jsonb_to_recordset(${asRows(entries)}::jsonb) as given (name text, "packageName" text, "packageType" text,
          "minVersion" text, "maxVersion" text, md5 text, severity text, reason text, owner text, "createdAt" timestamptz)`;
      await writeHead(tx, projectId, { list: customList, digest, at });
    },
    async replaceAllowed(entries, { digest, at }) {
      await tx.vulnerabilitiesAllowedCve.deleteMany({ where: { projectId } });
      await tx.$executeRaw`
        insert into vulnerabilities_allowed_cve (project_id, cve, description, expires_at, owner, created_at)
        select ${projectId}::uuid, cve, description, "expiresAt", owner, "createdAt"
        from jsonb_to_recordset(${asRows(entries)}::jsonb) as given (cve text, description text, "expiresAt" timestamptz,
          owner text, "createdAt" timestamptz)`;
      await writeHead(tx, projectId, { list: allowedList, digest, at });
    },
  };
}

function withoutNulls(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

async function readHead(tx: Tx, projectId: string, list: string) {
  const row = await tx.vulnerabilitiesOwnList.findUnique({ where: { projectId_list: { projectId, list } } });
  return { digest: row?.digest ?? "", modifiedAt: row?.modifiedAt.toISOString() ?? null };
}

type Head = Readonly<{ list: string; digest: string; at: Date }>;

async function writeHead(tx: Tx, projectId: string, { list, digest, at }: Head): Promise<void> {
  const row = { digest, modifiedAt: at };
  const where = { projectId_list: { projectId, list } };
  await tx.vulnerabilitiesOwnList.upsert({ where, create: { projectId, list, ...row }, update: row });
}
