import type { ResourceRef } from "@rampart/vulnerabilities/contract";
import { answered } from "#shell/answered.ts";
import type { ListSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { ExplainedRecords } from "./explained-records.tsx";

const flawId = /^(?:CVE-\d{4}-\d{4,19}|GHSA(?:-[0-9a-z]{4}){3}|[A-Z]{2,12}-[0-9A-Za-z:.-]{3,40})$/i;
const packagesShownMax = 20;

/** The one flaw that a search asks for by its id; null when it asks for anything else. */
export function askedFlaw({ filter }: Pick<ListSearch<string>, "filter">): string | null {
  const words = [filter.text, ...(filter.fields["cve"] ?? [])].filter((word) => word !== undefined && word !== "");
  const [only, ...others] = words;
  return only !== undefined && others.length === 0 && flawId.test(only) ? only : null;
}

type WhyNoFindingProps = Readonly<{ open: OpenProject; resource: ResourceRef; id: string }>;

/** What stands in the place of a finding that somebody looked for: why there is none, package by package. */
export async function WhyNoFinding({ open, resource, id }: WhyNoFindingProps) {
  const asked = { project: open.project, ...resource, id };
  const explained = await answered(open.api.vulnerabilities.explainCve(asked));
  return (
    <div className="grid gap-4 p-4 text-left">
      <p className="text-sm font-semibold">
        No finding of {explained.id} is listed here. {explained.sentence}
      </p>
      {explained.explanations.slice(0, packagesShownMax).map((explanation) => {
        const { ecosystem, name, version } = explanation.package;
        const title = `${name} ${version} (${ecosystem})`;
        return <ExplainedRecords key={title} title={title} explanation={explanation} />;
      })}
    </div>
  );
}
