import type { Metadata } from "next";
import { ImageListPage } from "../../_lists/image-list-page.tsx";
import type { PageSearch } from "#shell/list-search.ts";

export const metadata: Metadata = { title: "Images" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function ImagesPage({ params, searchParams }: Props) {
  const { project } = await params;
  return <ImageListPage project={project} search={await searchParams} view="inventory" />;
}
