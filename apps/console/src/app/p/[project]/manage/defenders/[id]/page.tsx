import type { DefenderDetail } from "@rampart/fleet/contract";
import { Button } from "@rampart/ui/button";
import { Card } from "@rampart/ui/card";
import { formatBytes, formatCount } from "@rampart/ui/core/format";
import { Digest } from "@rampart/ui/digest";
import { KeyValue } from "@rampart/ui/key-value";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord } from "@rampart/ui/status-word";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { answered } from "#shell/answered.ts";
import { isUuid } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { type OpenProject, openProject } from "#shell/open-project.ts";
import { ResourceHeader } from "../../../_lists/resource-header.tsx";
import { CertificateList } from "./_parts/certificate-list.tsx";
import { DutyList } from "./_parts/duty-list.tsx";
import { DefenderActions } from "./_parts/defender-actions.tsx";

type Props = Readonly<{ params: Promise<{ project: string; id: string }> }>;

async function read(params: Props["params"]): Promise<Readonly<{ open: OpenProject; defender: DefenderDetail }>> {
  const { project, id } = await params;
  const open = await openProject(project);
  if (!isUuid(id)) notFound();
  return { open, defender: await answered(open.api.fleet.getDefender({ project, id })) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read(params)).defender.hostname };
}

export default async function DefenderPage({ params }: Props) {
  const { open, defender } = await read(params);
  return (
    <>
      <Live project={open.project} topics={["fleet.", "inventory."]} />
      <ResourceHeader
        title={defender.hostname}
        kind="Defender"
        back={{ href: `${open.base}/manage/defenders`, label: "Defenders" }}
        facts={[
          ["State", <StatusWord key="state" word={defender.state} />],
          ["Since", <RelativeTime key="since" at={defender.stateSince} />],
          ["Version", defender.version],
          ["Last seen", <RelativeTime key="seen" at={defender.lastSeenAt} />],
          ["Enrolled", <RelativeTime key="enrolled" at={defender.enrolledAt} />],
          [
            "Certificate ends",
            <RelativeTime key="certificate" at={defender.certificateExpiresAt} missing="no certificate" />,
          ],
        ]}
        actions={
          <>
            <Button asChild>
              <Link href={`${open.base}/vulnerabilities/hosts/${defender.id}`}>Its host</Link>
            </Button>
            <DefenderActions project={open.project} defender={defender} mayWrite={open.can("fleet.write")} />
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card title="Duties" flush>
          <DutyList duties={defender.duties} />
        </Card>
        <Card title="Reports on their way">
          <Spool defender={defender} />
        </Card>
        <Card title="Machine">
          <Machine defender={defender} />
        </Card>
        <Card title="Certificates" flush>
          <CertificateList certificates={defender.certificates} />
        </Card>
      </div>
    </>
  );
}

function Spool({ defender: { spool, policy } }: Readonly<{ defender: DefenderDetail }>) {
  return (
    <KeyValue
      facts={[
        [
          "Waiting on the host",
          spool === null ? "not known yet" : `${formatCount(spool.frames)} reports, ${formatBytes(spool.bytes)}`,
        ],
        ["Dropped", spool === null ? "not known yet" : droppedText(spool.droppedFrames)],
        [
          "Policy in force",
          policy.appliedHash === null ? "none yet" : <Digest key="hash" value={policy.appliedHash} what="hash" />,
        ],
        ...(policy.problem === null ? [] : [["Problem with the policy", policy.problem] as const]),
      ]}
    />
  );
}

function droppedText(frames: number): string {
  return frames === 0 ? "nothing" : `${formatCount(frames)} reports, because the spool was full`;
}

function Machine({ defender }: Readonly<{ defender: DefenderDetail }>) {
  return (
    <KeyValue
      facts={[
        ["Full name", defender.fqdn ?? "unknown"],
        ["Address", defender.remoteAddress ?? "unknown"],
        ["Distribution", defender.os ?? "unknown"],
        ["Kernel", defender.kernel ?? "unknown"],
        ["Architecture", defender.architecture ?? "unknown"],
        ["Processors", defender.cpuCount ?? "unknown"],
        ["Memory", defender.memoryBytes === null ? "unknown" : formatBytes(defender.memoryBytes)],
        ["Memory of the Defender", defender.residentBytes === null ? "unknown" : formatBytes(defender.residentBytes)],
        ["Engine", defender.engine === null ? "none" : `${defender.engine.kind} ${defender.engine.version}`],
        ["Can do", defender.features.length === 0 ? "nothing beyond the basics" : defender.features.join(", ")],
      ]}
    />
  );
}
