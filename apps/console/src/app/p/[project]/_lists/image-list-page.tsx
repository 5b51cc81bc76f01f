import { Button } from "@rampart/ui/button";
import { changeSearch } from "@rampart/ui/core/search-text";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { FilterBar } from "@rampart/ui/filter-bar";
import { PageHeader } from "@rampart/ui/page-header";
import { Pager } from "@rampart/ui/pager";
import Link from "next/link";
import { Live } from "#shell/live.tsx";
import { answered } from "#shell/answered.ts";
import type { PageSearch } from "#shell/list-search.ts";
import { openProject } from "#shell/open-project.ts";
import { imageFields, type ImageView, readImageRows, readImageSearch } from "./image-list.ts";
import { ImagePreview } from "./image-preview.tsx";
import { ImageTable } from "./image-table.tsx";
import { RiskiestOnly } from "./riskiest-only.tsx";

type ImageListPageProps = Readonly<{ project: string; search: PageSearch; view: ImageView }>;

/** The images of a project, with their findings or with their inventory in front. */
export async function ImageListPage({ project, search: given, view }: ImageListPageProps) {
  const open = await openProject(project);
  const search = readImageSearch(given, view);
  const listed = await answered(readImageRows(open, search));
  const path = `${open.base}/${view === "findings" ? "vulnerabilities" : "inventory"}/images`;
  return (
    <>
      <Live project={project} topics={["inventory.", "vulnerabilities.resource-matched"]} />
      <PageHeader title="Images" summary={formatCounted(listed.total, "image")} />
      <FilterBar
        fields={imageFields}
        value={search.typed}
        problems={search.filter.problems}
        placeholder="severity:critical fix:yes label.team=payments"
      />
      <RiskiestOnly
        listed={listed}
        noun="images"
        byName={path + changeSearch(search.text, { sort: "name", offset: null })}
      />
      <ImageTable
        rows={listed.rows}
        view={view}
        base={open.base}
        empty={<NoImages filtered={search.typed !== ""} base={open.base} path={path} />}
      />
      <Pager
        path={path}
        search={search.text}
        offset={search.offset}
        limit={search.limit}
        shown={listed.rows.length}
        total={listed.total}
      />
      {search.open !== undefined && <ImagePreview open={open} id={search.open} />}
    </>
  );
}

function NoImages({ filtered, base, path }: Readonly<{ filtered: boolean; base: string; path: string }>) {
  if (filtered) {
    return (
      <EmptyState
        title="No image fits the filter"
        action={
          <Button asChild>
            <Link href={path}>Clear the filter</Link>
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      title="No image has been seen yet"
      action={
        <Button kind="primary" asChild>
          <Link href={`${base}/manage/defenders`}>See the Defenders</Link>
        </Button>
      }
    >
      Images appear by themselves as soon as a Defender runs on a host with Docker or Podman.
    </EmptyState>
  );
}
