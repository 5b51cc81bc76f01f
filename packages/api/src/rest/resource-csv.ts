import { listHosts, listImages } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import { ListHosts, ListImages, type HostRow, type ImageRow } from "@rampart/inventory/contract";
import { csvLine, pageSizeMax, type Page } from "@rampart/kernel";
import { restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { describeResources } from "@rampart/vulnerabilities";
import { bindVulnerabilities } from "@rampart/vulnerabilities/bind";
import type { FindingRow, ResourceKind } from "@rampart/vulnerabilities/contract";
import { z } from "zod";
import { hostCells, hostHeader, imageCells, imageHeader } from "./resource-csv-columns.ts";

/** Lines of one file; a spreadsheet opens no more, and the file says at its end when it was cut. */
const linesMax = 500_000;

const Query = z.object({ search: z.string().max(256).optional() });
type Asked = RestRequest<z.infer<typeof Query>, unknown>;

/** Every finding as a line, with the columns and the order that importers of the reference product know. */
export const downloadRoutes: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/images/download",
    tag: "Images",
    summary: "All findings of images as CSV",
    query: Query,
    answers: "text",
    run: (request) => download(request, imageFile),
  }),
  restRoute({
    method: "get",
    path: "/hosts/download",
    tag: "Hosts",
    summary: "All findings of hosts as CSV",
    query: Query,
    answers: "text",
    run: (request) => download(request, hostFile),
  }),
];

type File<Row extends { id: string }> = Readonly<{
  kind: ResourceKind;
  name: string;
  header: readonly string[];
  list(request: Asked, offset: number): Promise<Page<Row>>;
  cells(row: Row, finding: FindingRow): readonly string[];
}>;

const imageFile: File<ImageRow> = {
  kind: "image",
  name: "images.csv",
  header: imageHeader,
  list: ({ platform, scope, caller, query }, offset) =>
    listImages(bindInventory(platform, scope, caller), ListImages.parse({ ...query, offset, limit: pageSizeMax })),
  cells: imageCells,
};

const hostFile: File<HostRow> = {
  kind: "host",
  name: "hosts.csv",
  header: hostHeader,
  list: ({ platform, scope, caller, query }, offset) =>
    listHosts(bindInventory(platform, scope, caller), ListHosts.parse({ ...query, offset, limit: pageSizeMax })),
  cells: hostCells,
};

async function download<Row extends { id: string }>(request: Asked, file: File<Row>) {
  const ctx = bindVulnerabilities(request.platform, request.scope, request.caller);
  const lines = [csvLine(file.header)];
  for (let offset = 0, total = 1; offset < total && lines.length < linesMax; offset += pageSizeMax) {
    const page = await file.list(request, offset);
    total = page.total;
    const resourceIds = page.rows.map((row) => row.id);
    const described = await describeResources(ctx, { resourceKind: file.kind, resourceIds, withFindings: true });
    const findings = new Map(described.map((one) => [one.summary.resourceId, one.findings]));
    for (const row of page.rows) {
      for (const finding of findings.get(row.id) ?? []) lines.push(csvLine(file.cells(row, finding)));
    }
  }
  const cut = lines.length > linesMax ? [csvLine([`cut after ${linesMax} lines; ask for less with search`])] : [];
  const text = [...lines.slice(0, linesMax), ...cut].join("");
  return { kind: "text", text, contentType: "text/csv", fileName: file.name } as const;
}
