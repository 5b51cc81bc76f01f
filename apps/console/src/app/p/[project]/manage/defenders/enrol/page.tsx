import { PageHeader } from "@rampart/ui/page-header";
import type { Metadata } from "next";
import { ErrorState } from "@rampart/ui/error-state";
import { answered } from "#shell/answered.ts";
import { one, type PageSearch } from "#shell/list-search.ts";
import { openProject } from "#shell/open-project.ts";
import { Live } from "#shell/live.tsx";
import { CommandForm } from "./_parts/command-form.tsx";
import { Waiting } from "./_parts/waiting.tsx";

export const metadata: Metadata = { title: "Enrol a Defender" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function EnrolPage({ params, searchParams }: Props) {
  const open = await openProject((await params).project);
  if (!open.can("fleet.write")) {
    return (
      <ErrorState
        title="You may not enrol Defenders"
        advice="It needs the right to write the fleet. A tenant administrator can give it."
      />
    );
  }
  const [names, tokens] = await Promise.all([
    answered(open.api.fleet.listGatewayNames({ project: open.project })),
    answered(open.api.fleet.listEnrolmentTokens({ project: open.project, limit: 50 })),
  ]);
  const tokenId = one((await searchParams)["token"]);
  const token = tokens.rows.find(({ id }) => id === tokenId);
  return (
    <>
      <Live project={open.project} topics={["fleet.", "inventory."]} />
      <PageHeader title="Enrol a Defender" />
      <div className="grid max-w-2xl gap-6">
        <p className="text-sm text-ink-muted">
          A Defender runs as root on a Linux host with Node.js. It makes its own key, which never leaves the host, and
          gets a certificate from this project in exchange for a token that works once.
        </p>
        <CommandForm project={open.project} gatewayNames={names} />
        {token !== undefined && <Waiting token={token} base={open.base} />}
      </div>
    </>
  );
}
