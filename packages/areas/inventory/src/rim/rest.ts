import { listQuery, RestFlag, restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindInventory } from "../bind.ts";
import {
  filterValuesMax,
  FoundPackage,
  ListContainers,
  ListHosts,
  ListImages,
  ListNames,
  SearchPackages,
} from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";
import { describeHosts } from "../verbs/describe-hosts.ts";
import { describeImages } from "../verbs/describe-images.ts";
import { listContainers } from "../verbs/list-containers.ts";
import { listNames } from "../verbs/list-names.ts";
import { searchPackages } from "../verbs/search-packages.ts";
import { sbomRoutes } from "./rest/sbom.ts";
import { ContainerResult, toContainerResult } from "./rest/container-result.ts";
import { ScanResult, toHostResult, toImageResult } from "./rest/scan-result.ts";

/** Several values of one parameter, joined by commas. */
const RestValues = z
  .string()
  .max(16_384)
  .transform((text) =>
    text
      .split(",")
      .filter((value) => value !== "")
      .slice(0, filterValuesMax),
  );

const ResourceQuery = listQuery.extend({
  id: RestValues.optional(),
  name: RestValues.optional(),
  hostname: RestValues.optional(),
  compact: RestFlag.default(false),
});
const ContainerQuery = listQuery.extend({
  id: RestValues.optional(),
  imageId: RestValues.optional(),
  image: RestValues.optional(),
  hostname: RestValues.optional(),
  changed: RestFlag.optional(),
});
const PackageQuery = listQuery.extend({
  ecosystem: z.string().max(1_024).optional(),
  version: z.string().max(1_024).optional(),
});
const NameQuery = listQuery.pick({ search: true });

const bound = ({ platform, scope, caller }: RestRequest<unknown, unknown>): InventoryCtx =>
  bindInventory(platform, scope, caller);

/** Names that the public API sorts by, in our words; whatever it cannot sort by leaves the order of names. */
const imageSorts = new Map([
  ["scanTime", "lastSeenAt"],
  ["hostname", "hostCount"],
  ["distro", "os"],
] as const);
const hostSorts = new Map([
  ["scanTime", "lastSeenAt"],
  ["distro", "os"],
] as const);
const containerSorts = new Map([
  ["hostname", "hostname"],
  ["info.imageName", "imageName"],
  ["scanTime", "lastSeenAt"],
] as const);

function sortOf<Sort extends string>(sorts: ReadonlyMap<string, Sort>, asked: string | undefined): { sort?: Sort } {
  const sort = asked === undefined ? undefined : sorts.get(asked);
  return sort === undefined ? {} : { sort };
}

function toListImages({ id, name, hostname, sort, compact, ...page }: z.infer<typeof ResourceQuery>): ListImages {
  return ListImages.parse({ ...page, ...sortOf(imageSorts, sort), ids: id, names: name, hostnames: hostname });
}

function toListHosts({ id, name, hostname, sort, compact, ...page }: z.infer<typeof ResourceQuery>): ListHosts {
  // The public id of a host is its name.
  return ListHosts.parse({ ...page, ...sortOf(hostSorts, sort), hostnames: hostname ?? name ?? id });
}

function toListContainers({
  id,
  imageId,
  image,
  hostname,
  changed,
  sort,
  ...page
}: z.infer<typeof ContainerQuery>): ListContainers {
  const filters = { ids: id, imageIds: imageId, imageNames: image, hostnames: hostname, changed };
  return ListContainers.parse({ ...page, ...sortOf(containerSorts, sort), ...filters });
}

const names = (of: ListNames["of"], path: string, tag: string): RestRoute =>
  restRoute({
    method: "get",
    path,
    tag,
    summary: `Names only, for pickers`,
    query: NameQuery,
    answer: z.array(z.string()),
    answers: "json",
    async run(request) {
      return { kind: "json", value: await listNames(bound(request), ListNames.parse({ of, ...request.query })) };
    },
  });

const hosts = (path: string, summary: string, isShort: boolean): RestRoute =>
  restRoute({
    method: "get",
    path,
    tag: "Hosts",
    summary,
    query: ResourceQuery,
    answer: ScanResult,
    answers: "rows",
    async run(request) {
      const page = await describeHosts(bound(request), toListHosts(request.query), !isShort && !request.query.compact);
      return {
        kind: "rows",
        rows: page.rows.map(({ host, packages }) => toHostResult(host, packages)),
        total: page.total,
      };
    },
  });

export const inventoryRest: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/images",
    tag: "Images",
    summary: "List the images that hosts have",
    query: ResourceQuery,
    answer: ScanResult,
    answers: "rows",
    async run(request) {
      const page = await describeImages(bound(request), toListImages(request.query), !request.query.compact);
      const rows = page.rows.map(({ image, packages }) => ({
        ...toImageResult(image, packages),
        ...(request.query.compact && { history: [] }),
      }));
      return { kind: "rows", rows, total: page.total };
    },
  }),
  names("image", "/images/names", "Images"),
  hosts("/hosts", "List hosts", false),
  hosts("/hosts/info", "List hosts in short form", true),
  names("host", "/hosts/names", "Hosts"),
  restRoute({
    method: "get",
    path: "/packages",
    tag: "Images",
    summary: "Search the packages of all images and hosts by a part of their name",
    query: PackageQuery,
    answer: FoundPackage,
    answers: "rows",
    async run(request) {
      const { offset, limit, search, reverse, ecosystem, version } = request.query;
      const asked = SearchPackages.parse({ offset, limit, search, reverse, ecosystem, version });
      return { kind: "rows", ...(await searchPackages(bound(request), asked)) };
    },
  }),
  restRoute({
    method: "get",
    path: "/containers",
    tag: "Containers",
    summary: "List containers",
    query: ContainerQuery,
    answer: ContainerResult,
    answers: "rows",
    async run(request) {
      const { rows, total } = await listContainers(bound(request), toListContainers(request.query));
      return { kind: "rows", rows: rows.map(toContainerResult), total };
    },
  }),
  restRoute({
    method: "get",
    path: "/containers/count",
    tag: "Containers",
    summary: "Number of containers",
    query: ContainerQuery,
    answer: z.int(),
    answers: "json",
    async run(request) {
      const { total } = await listContainers(bound(request), { ...toListContainers(request.query), limit: 1 });
      return { kind: "json", value: total };
    },
  }),
  names("container", "/containers/names", "Containers"),
  ...sbomRoutes,
];
