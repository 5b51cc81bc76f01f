import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { KeyValue } from "@rampart/ui/key-value";
import { PageHeader } from "@rampart/ui/page-header";
import { PreviewSheet } from "@rampart/ui/preview-sheet";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord } from "@rampart/ui/status-word";
import type { Metadata } from "next";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
import type { PageSearch } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { ChangeWords } from "../../_lists/change-words.tsx";
import {
  containerFields,
  containerHref,
  type ContainerListRow,
  readContainerRows,
  readContainerSearch,
} from "../../_lists/container-list.ts";
import { ContainerTable } from "../../_lists/container-table.tsx";
import { formatPort } from "../../_lists/format-port.ts";
import { LabelList } from "../../_lists/label-list.tsx";

export const metadata: Metadata = { title: "Containers" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function ContainersPage({ params, searchParams }: Props) {
  const open = await openProject((await params).project);
  const search = readContainerSearch(await searchParams);
  const { rows, total } = await answered(readContainerRows(open, search));
  const path = `${open.base}/inventory/containers`;
  const shown = rows.find((row) => `${row.hostId}~${row.id}` === search.open);
  return (
    <>
      <Live project={open.project} topics={["inventory.", "vulnerabilities.resource-matched"]} />
      <PageHeader title="Containers" summary={formatCounted(total, "container")} />
      <FilteredList
        path={path}
        fields={containerFields}
        placeholder="state:running changed:yes image:nginx* host:web-1 label.team=payments"
        search={search}
        shown={rows.length}
        total={total}
      >
        <ContainerTable
          rows={rows}
          base={open.base}
          empty={search.typed === "" ? <NoContainers /> : <NoneFits noun="container" path={path} />}
        />
      </FilteredList>
      {shown !== undefined && <ContainerPreview row={shown} base={open.base} />}
    </>
  );
}

function NoContainers() {
  return (
    <EmptyState title="No container runs on any host">
      Containers appear within seconds after they are created on a host with a Defender.
    </EmptyState>
  );
}

function ContainerPreview({ row, base }: Readonly<{ row: ContainerListRow; base: string }>) {
  return (
    <PreviewSheet title={row.name}>
      <div className="grid gap-5">
        <KeyValue
          facts={[
            ["State", <StatusWord key="state" word={row.state} />],
            ["Image", row.imageName],
            ["Host", row.hostname],
            ["Ports", row.ports.length === 0 ? "none" : row.ports.map(formatPort).join(", ")],
            ["User", row.user === "" ? "root" : row.user],
            ["Changed", row.changes === null ? "no change seen" : <ChangeWords key="changes" changes={row.changes} />],
            ["Privileged", row.privileged ? "yes" : "no"],
            ["Created", <RelativeTime key="created" at={row.createdAt} missing="unknown" />],
            ["Started", <RelativeTime key="started" at={row.startedAt} />],
          ]}
        />
        <LabelList labels={row.labels} />
        <div className="flex flex-wrap gap-2">
          <Button asChild kind="primary">
            <Link href={containerHref(base, row)}>Open the container</Link>
          </Button>
          <Button asChild>
            <Link href={`${base}/vulnerabilities/images/${encodeURIComponent(row.imageId)}`}>Open its image</Link>
          </Button>
          <Button asChild>
            <Link href={`${base}/vulnerabilities/hosts/${row.hostId}`}>Open its host</Link>
          </Button>
        </div>
      </div>
    </PreviewSheet>
  );
}
