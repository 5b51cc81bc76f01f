import { isIncomplete } from "@rampart/inspection/contract";
import { Prisma } from "@rampart/database";
import type { ImageConfig, ImageDetail, ImageHost, ImageRow } from "../../contract.ts";
import { imageDigest, namesOnly } from "../../core/image-name.ts";
import { type Sql, toInstant, toInstantOrNull } from "./sql.ts";

/** How many containers use the image; counted per shown row, or for the whole list only when it is sorted by it. */
export const containerCount = Prisma.sql`(select count(*)::integer from inventory_container c
  where c.project_id = i.project_id and c.image_id = i.id and c.removed_at is null)`;
export const hostCount = Prisma.sql`(select count(*)::integer from inventory_image_host h
  where h.project_id = i.project_id and h.image_id = i.id and h.removed_at is null)`;

const rowColumns = Prisma.sql`i.id, i.name, i.repo_tags as "repoTags", i.repo_digests as "repoDigests", i.labels,
  i.os_name as os, i.os_supported as "osSupported", i.size_bytes::float8 as "sizeBytes", i.package_count as "packageCount",
  i.created_at as "createdAt", i.first_seen_at as "firstSeenAt", i.last_seen_at as "lastSeenAt",
  i.scanned_at as "scannedAt", i.scan_state as "scanState", i.warnings`;

/** Columns of a list row; counts are added around the page, so that only its rows are counted. */
export const imageColumns: Sql = rowColumns;
export const imageDetailColumns = Prisma.sql`${rowColumns}, ${containerCount} as "containerCount",
  ${hostCount} as "hostCount", i.os as "osRelease", i.config, i.layers, i.secrets, i.content_hash as "contentHash"`;

export type StoredImage = Pick<
  ImageRow,
  | "id"
  | "name"
  | "labels"
  | "os"
  | "osSupported"
  | "sizeBytes"
  | "packageCount"
  | "containerCount"
  | "hostCount"
  | "scanState"
> & {
  repoTags: string[];
  repoDigests: string[];
  warnings: ImageDetail["warnings"];
  createdAt: Date | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  scannedAt: Date | null;
};

export type StoredImageDetail = StoredImage &
  Pick<ImageDetail, "osRelease" | "layers" | "secrets" | "contentHash"> & { config: ImageConfig };

export function toImageRow(stored: StoredImage): ImageRow {
  const {
    id,
    name,
    labels,
    os,
    osSupported,
    sizeBytes,
    packageCount,
    containerCount: containers,
    hostCount: hosts,
  } = stored;
  return {
    id,
    name,
    tags: namesOnly(stored.repoTags),
    digest: imageDigest(stored),
    labels,
    os,
    osSupported,
    sizeBytes,
    packageCount,
    containerCount: containers,
    hostCount: hosts,
    createdAt: toInstantOrNull(stored.createdAt),
    firstSeenAt: toInstant(stored.firstSeenAt),
    lastSeenAt: toInstant(stored.lastSeenAt),
    scannedAt: toInstantOrNull(stored.scannedAt),
    scanState: stored.scanState,
    complete: stored.scanState === "scanned" && !isIncomplete(stored),
  };
}

export function toImageDetail(stored: StoredImageDetail, hosts: readonly ImageHost[]): ImageDetail {
  const { repoDigests, config, osRelease, contentHash, layers, secrets, warnings } = stored;
  return {
    ...toImageRow(stored),
    repoDigests: namesOnly(repoDigests),
    config,
    osRelease,
    contentHash,
    layers,
    warnings,
    secrets,
    hosts: [...hosts],
  };
}
