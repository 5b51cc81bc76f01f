import type { ResourceRef } from "@rampart/vulnerabilities/contract";
import { answered } from "#shell/answered.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { ExplainedRecords } from "./explained-records.tsx";

const packagesShownMax = 20;

type WhyNoFindingProps = Readonly<{ open: OpenProject; resource: ResourceRef; id: string }>;

/** What stands in the place of a finding that somebody looked for: why there is none, package by package. */
export async function WhyNoFinding({ open, resource, id }: WhyNoFindingProps) {
  const asked = { project: open.project, ...resource, id };
  const explained = await answered(open.api.vulnerabilities.explainCve(asked));
  return (
    <div className="grid gap-4 p-4 text-left">
      <h2 className="text-sm font-semibold">
        No finding of {explained.id} is listed here. {explained.sentence}
      </h2>
      {explained.explanations.slice(0, packagesShownMax).map((explanation) => {
        const { ecosystem, name, version } = explanation.package;
        const title = `${name} ${version} (${ecosystem})`;
        return <ExplainedRecords key={title} title={title} explanation={explanation} />;
      })}
    </div>
  );
}
