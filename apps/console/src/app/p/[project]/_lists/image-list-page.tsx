import { Button } from "@rampart/ui/button";
import { changeSearch } from "@rampart/ui/core/search-text";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { PageHeader } from "@rampart/ui/page-header";
import Link from "next/link";
import { Live } from "#shell/live.tsx";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
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
      <FilteredList
        path={path}
        fields={imageFields}
        placeholder="severity:critical fix:yes label.team=payments"
        search={search}
        shown={listed.rows.length}
        total={listed.total}
      >
        <RiskiestOnly
          listed={listed}
          noun="images"
          byName={path + changeSearch(search.text, { sort: "name", offset: null })}
        />
        <ImageTable
          rows={listed.rows}
          view={view}
          base={open.base}
          empty={search.typed === "" ? <NoImages base={open.base} /> : <NoneFits noun="image" path={path} />}
        />
      </FilteredList>
      {search.open !== undefined && <ImagePreview open={open} id={search.open} />}
    </>
  );
}

function NoImages({ base }: Readonly<{ base: string }>) {
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
