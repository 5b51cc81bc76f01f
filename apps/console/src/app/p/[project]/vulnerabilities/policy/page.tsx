import { PageHeader } from "@rampart/ui/page-header";
import { RelativeTime } from "@rampart/ui/relative-time";
import { TabLinks } from "@rampart/ui/tab-links";
import type { Metadata } from "next";
import { answered } from "#shell/answered.ts";
import { one, type PageSearch } from "#shell/list-search.ts";
import { openProject } from "#shell/open-project.ts";
import { PolicyEditor } from "./_parts/policy-editor.tsx";

export const metadata: Metadata = { title: "Vulnerability policy" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function PolicyPage({ params, searchParams }: Props) {
  const open = await openProject((await params).project);
  const of = one((await searchParams)["of"]) === "host" ? "host" : "image";
  const policy = await answered(open.api.vulnerabilities.getPolicy({ project: open.project, policy: of }));
  const path = `${open.base}/vulnerabilities/policy`;
  return (
    <>
      <PageHeader
        title="Vulnerability policy"
        summary={
          policy.updatedAt === null ? (
            "as it came with the project"
          ) : (
            <>
              changed <RelativeTime at={policy.updatedAt} /> by {policy.updatedBy ?? "the system"}
            </>
          )
        }
      />
      <TabLinks
        label="Kind of resource"
        tabs={[
          { href: path, label: "Images and containers", current: of === "image" },
          { href: `${path}?of=host`, label: "Hosts", current: of === "host" },
        ]}
      />
      <p className="max-w-prose text-sm text-ink-muted">
        The first rule whose scope fits a resource decides about all of its findings; later rules are not asked.
      </p>
      <PolicyEditor
        key={`${of} ${policy.revision}`}
        project={open.project}
        policy={policy}
        mayWrite={open.can("vulnerabilities.write")}
        base={open.base}
      />
    </>
  );
}
