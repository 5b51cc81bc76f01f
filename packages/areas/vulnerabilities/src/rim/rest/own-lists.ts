import { packageKinds } from "@rampart/inspection/contract";
import { restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindVulnerabilities } from "../../bind.ts";
import {
  ownListMax,
  SaveAllowedCves,
  SaveCustomVulnerabilities,
  type AllowedCvesView,
  type CustomVulnerabilitiesView,
} from "../../contract.ts";
import * as verbs from "../../index.ts";
import type { VulnerabilityCtx } from "../../ports.ts";

const tag = "Custom feeds";

const bound = ({ platform, scope, caller }: RestRequest<unknown, unknown>): VulnerabilityCtx =>
  bindVulnerabilities(platform, scope, caller);

/** The reference API says `package` for what a distribution installs and `app` for a program without a package. */
const typeNames: Readonly<Record<string, string>> = { package: "os", app: "binary" };
const restNames: Readonly<Record<string, string>> = { os: "package", binary: "app" };

const Optional = z
  .string()
  .max(512)
  .nullish()
  .transform((text) => (text === null || text === undefined || text.trim() === "" || text === "*" ? undefined : text));

const RestVulnerability = z.object({
  _id: z.string().max(128).nullish(),
  name: z.string().max(128).nullish(),
  package: z.string().max(512),
  type: z
    .string()
    .max(64)
    .transform((type) => typeNames[type] ?? type)
    .pipe(z.enum(packageKinds)),
  minVersionInclusive: Optional,
  maxVersionInclusive: Optional,
  md5: Optional,
  severity: z.enum(["critical", "high", "medium", "low"]).optional(),
  reason: z.string().max(2_000).optional(),
});

/** Clients send their list as `rules` or as `feed`; null is an empty one. */
const listed = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({ rules: z.array(entry).max(ownListMax).nullish(), feed: z.array(entry).max(ownListMax).nullish() });
const RestVulnerabilities = listed(RestVulnerability);

function toSaveCustom({ rules, feed }: z.infer<typeof RestVulnerabilities>): SaveCustomVulnerabilities {
  const entries = (rules ?? feed ?? []).map((entry) => ({
    name: entry.name ?? entry._id ?? "",
    packageName: entry.package,
    packageType: entry.type,
    ...(entry.minVersionInclusive !== undefined && { minVersion: entry.minVersionInclusive }),
    ...(entry.maxVersionInclusive !== undefined && { maxVersion: entry.maxVersionInclusive }),
    ...(entry.md5 !== undefined && { md5: entry.md5 }),
    ...(entry.severity !== undefined && { severity: entry.severity }),
    ...(entry.reason !== undefined && { reason: entry.reason }),
  }));
  return SaveCustomVulnerabilities.parse({ entries });
}

function fromCustom({ digest, modifiedAt, entries }: CustomVulnerabilitiesView) {
  const rules = entries.map((entry) => ({
    _id: entry.name,
    name: entry.name,
    package: entry.packageName,
    type: restNames[entry.packageType] ?? entry.packageType,
    minVersionInclusive: entry.minVersion ?? "",
    maxVersionInclusive: entry.maxVersion ?? "",
    md5: entry.md5 ?? "",
    severity: entry.severity,
    reason: entry.reason,
    owner: entry.owner,
  }));
  return { _id: "customVulnerabilities", rules, digest, modified: modifiedAt ?? never };
}

const never = "0001-01-01T00:00:00Z";

const RestAllowedCve = z.object({
  cve: z.string().max(128),
  description: z.string().max(2_000).nullish(),
  /** An instant, or an object with a switch; the year 1 means never. */
  expiration: z
    .union([z.string().max(64), z.object({ enabled: z.boolean().nullish(), date: z.string().max(64).nullish() })])
    .nullish(),
});

const RestAllowedCves = listed(RestAllowedCve);

function toSaveAllowed({ rules, feed }: z.infer<typeof RestAllowedCves>): SaveAllowedCves {
  const entries = (rules ?? feed ?? []).map(({ cve, description, expiration }) => {
    const date = typeof expiration === "object" && expiration?.enabled === true ? expiration.date : expiration;
    const expiresAt = typeof date === "string" && Date.parse(date) > 0 ? new Date(date).toISOString() : undefined;
    return { cve, description: description ?? "", ...(expiresAt !== undefined && { expiresAt }) };
  });
  return SaveAllowedCves.parse({ entries });
}

function fromAllowed({ digest, modifiedAt, entries }: AllowedCvesView) {
  const rules = entries.map(({ cve, description, expiresAt, owner }) => ({
    cve,
    description,
    expiration: { enabled: expiresAt !== undefined, date: expiresAt ?? never },
    owner,
  }));
  return { _id: "cveAllowList", rules, digest, modified: modifiedAt ?? never };
}

const Answer = z.looseObject({ rules: z.array(z.unknown()), digest: z.string(), modified: z.string() });
const Digest = z.string().max(64);

const custom = "/feeds/custom/custom-vulnerabilities";
const allowed = "/feeds/custom/cve-allow-list";
const query = z.object({});

export const ownListRoutes: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: custom,
    tag,
    summary: "Flaws that the project itself has named",
    query,
    answer: Answer,
    answers: "json",
    run: async (request) => ({ kind: "json", value: fromCustom(await verbs.getCustomVulnerabilities(bound(request))) }),
  }),
  restRoute({
    method: "get",
    path: `${custom}/digest`,
    tag,
    summary: "Changes when the project's own flaws do",
    query,
    answer: Digest,
    answers: "json",
    run: async (request) => ({ kind: "json", value: (await verbs.getCustomVulnerabilities(bound(request))).digest }),
  }),
  restRoute({
    method: "put",
    path: custom,
    tag,
    summary: "Replace the flaws that the project itself has named",
    query,
    body: RestVulnerabilities,
    answers: "empty",
    async run(request) {
      await verbs.saveCustomVulnerabilities(bound(request), toSaveCustom(request.body));
      return { kind: "empty" };
    },
  }),
  restRoute({
    method: "get",
    path: allowed,
    tag,
    summary: "CVEs that the project accepts, whatever its rules say",
    query,
    answer: Answer,
    answers: "json",
    run: async (request) => ({ kind: "json", value: fromAllowed(await verbs.getAllowedCves(bound(request))) }),
  }),
  restRoute({
    method: "get",
    path: `${allowed}/digest`,
    tag,
    summary: "Changes when the list of accepted CVEs does",
    query,
    answer: Digest,
    answers: "json",
    run: async (request) => ({ kind: "json", value: (await verbs.getAllowedCves(bound(request))).digest }),
  }),
  restRoute({
    method: "put",
    path: allowed,
    tag,
    summary: "Replace the list of CVEs that the project accepts",
    query,
    body: RestAllowedCves,
    answers: "empty",
    async run(request) {
      await verbs.saveAllowedCves(bound(request), toSaveAllowed(request.body));
      return { kind: "empty" };
    },
  }),
];
