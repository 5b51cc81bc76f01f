import { Card } from "@rampart/ui/card";
import { PageHeader } from "@rampart/ui/page-header";
import type { Metadata } from "next";
import { answered } from "#shell/answered.ts";
import { openProject } from "#shell/open-project.ts";
import { LabelEditor } from "./_parts/label-editor.tsx";

export const metadata: Metadata = { title: "Alert labels" };

type Props = Readonly<{ params: Promise<{ project: string }> }>;

export default async function AlertLabelsPage({ params }: Props) {
  const open = await openProject((await params).project);
  const declared = await answered(open.api.alerts.getAlertLabels({ project: open.project }));
  return (
    <>
      <PageHeader title="Alert labels" />
      <p className="max-w-prose text-sm text-ink-muted">
        Labels named here are copied from the image, container or host onto each alert about it, so that the receiver
        knows whose it is.
      </p>
      <Card title="Labels that alerts carry" className="max-w-3xl">
        <LabelEditor
          key={declared.labels.join(" ")}
          project={open.project}
          declared={declared}
          mayWrite={open.can("alerts.write")}
        />
      </Card>
    </>
  );
}
