import { packageKinds } from "@rampart/inspection/contract";
import { z } from "zod";
import { Text } from "./text.ts";

/** Entries of one list. A project that needs more has a feed of its own to publish. */
export const ownListMax = 5_000;

const Version = z.string().trim().min(1).max(128);

/** A flaw that only the project knows: versions of a package from one to another, both included. */
export const CustomVulnerability = z.object({
  name: z.string().trim().min(1).max(128),
  packageName: z.string().trim().min(1).max(512),
  packageType: z.enum(packageKinds),
  minVersion: Version.optional(),
  maxVersion: Version.optional(),
  /** Of a single program file. Inventories carry no such sums, so an entry with one is kept and matches nothing. */
  md5: z
    .string()
    .regex(/^[0-9a-f]{32}$/i)
    .optional(),
  severity: z.enum(["critical", "high", "medium", "low"]).default("high"),
  reason: z.string().max(2_000).default(""),
});
export type CustomVulnerability = z.infer<typeof CustomVulnerability>;

/** The list that a person looked at while changing it; a list that somebody else has changed since is not overwritten. */
const Seen = z.string().max(64).optional();

export const SaveCustomVulnerabilities = z.object({
  entries: z.array(CustomVulnerability).max(ownListMax),
  seenDigest: Seen,
});
export type SaveCustomVulnerabilities = z.infer<typeof SaveCustomVulnerabilities>;

/** A CVE that the project has looked at and accepts, whatever the rules say. */
export const AllowedCve = z.object({
  cve: z.string().trim().min(1).max(128),
  description: z.string().max(2_000).default(""),
  /** From then on the rules count again. */
  expiresAt: z.iso.datetime().optional(),
});
export type AllowedCve = z.infer<typeof AllowedCve>;

export const SaveAllowedCves = z.object({ entries: z.array(AllowedCve).max(ownListMax), seenDigest: Seen });
export type SaveAllowedCves = z.infer<typeof SaveAllowedCves>;

const Kept = { owner: Text, createdAt: z.iso.datetime() };

/** A list with who added what; the digest changes with the content and with nothing else. */
export const CustomVulnerabilitiesView = z.object({
  digest: Text,
  modifiedAt: z.iso.datetime().nullable(),
  entries: z.array(CustomVulnerability.extend(Kept)).max(ownListMax),
});
export type CustomVulnerabilitiesView = z.infer<typeof CustomVulnerabilitiesView>;

export const AllowedCvesView = z.object({
  digest: Text,
  modifiedAt: z.iso.datetime().nullable(),
  entries: z.array(AllowedCve.extend(Kept)).max(ownListMax),
});
export type AllowedCvesView = z.infer<typeof AllowedCvesView>;
