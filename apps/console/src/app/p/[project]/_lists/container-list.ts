import type { Page } from "@rampart/kernel";
import type { ContainerRow } from "@rampart/inventory/contract";
import type { ResourceSummary } from "@rampart/vulnerabilities/contract";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { given, labelFilter, type ListSearch, type PageSearch, readListSearch, yesNo } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";

/** A container has the flaws of its image. */
export type ContainerListRow = ContainerRow & Readonly<{ summary: ResourceSummary | null }>;

const states = ["created", "running", "paused", "restarting", "exited", "removing", "dead"] as const;
type State = (typeof states)[number];

export const containerFields: readonly FilterField[] = [
  { name: "state", hint: "what the engine says", values: states },
  { name: "changed", hint: "differs from its image since its start", values: ["yes", "no"] },
  { name: "image", hint: "name of the image, * for any text" },
  { name: "host", hint: "runs on the host with this name" },
];

/** The address of a container's own page; engines of two hosts may know the same id. */
export function containerHref(base: string, { hostId, id }: Pick<ContainerRow, "hostId" | "id">): string {
  return `${base}/inventory/containers/${hostId}~${id}`;
}

export const containerSorts = ["name", "imageName", "hostname", "state", "startedAt", "lastSeenAt"] as const;
export type ContainerSort = (typeof containerSorts)[number];
export const containerDefaultSort = { key: "name", reverse: false } as const;

export function readContainerSearch(search: PageSearch): ListSearch<ContainerSort> {
  return readListSearch<ContainerSort>(search, {
    fields: containerFields,
    sorts: containerSorts,
    defaultSort: containerDefaultSort,
  });
}

export async function readContainerRows(
  { api, project }: OpenProject,
  search: ListSearch<ContainerSort>,
): Promise<Page<ContainerListRow>> {
  const { fields, text } = search.filter;
  const { sort, reverse, offset, limit } = search;
  const page = await api.inventory.listContainers({
    project,
    sort,
    reverse,
    offset,
    limit,
    ...given({
      search: text,
      label: labelFilter(search.filter),
      states: fields["state"]?.filter((word): word is State => states.some((known) => known === word)),
      changed: yesNo(fields["changed"]),
      imageNames: fields["image"] && [...fields["image"]],
      hostnames: fields["host"] && [...fields["host"]],
    }),
  });
  const imageIds = [...new Set(page.rows.map(({ imageId }) => imageId).filter((id) => id !== ""))];
  const summaries =
    imageIds.length === 0
      ? []
      : await api.vulnerabilities.listResourceSummaries({ project, resourceKind: "image", resourceIds: imageIds });
  const byImage = new Map(summaries.map((summary) => [summary.resourceId, summary]));
  return { total: page.total, rows: page.rows.map((row) => ({ ...row, summary: byImage.get(row.imageId) ?? null })) };
}
