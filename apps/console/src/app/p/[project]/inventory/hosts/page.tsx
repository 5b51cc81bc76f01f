import type { Metadata } from "next";
import { HostListPage } from "../../_lists/host-list-page.tsx";
import type { PageSearch } from "#shell/list-search.ts";

export const metadata: Metadata = { title: "Hosts" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function HostsPage({ params, searchParams }: Props) {
  const { project } = await params;
  return <HostListPage project={project} search={await searchParams} view="inventory" />;
}
