import { Badge } from "@rampart/ui/badge";
import { Card } from "@rampart/ui/card";
import { CodeBlock } from "@rampart/ui/code-block";
import { severitiesWorstFirst } from "@rampart/ui/core/severity-look";
import { EmptyState } from "@rampart/ui/empty-state";
import { ErrorState } from "@rampart/ui/error-state";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import { TableSkeleton } from "@rampart/ui/skeleton";
import { SeverityBar, SeverityBars } from "@rampart/ui/stacked-bars";
import { StatusWord } from "@rampart/ui/status-word";
import { TrendArea } from "@rampart/ui/trend-area";
import { sampleCounts, sampleTrend } from "./sample.data.ts";

const words = [
  "enforced",
  "alerting",
  "observing",
  "off",
  "connected",
  "stale",
  "disconnected",
  "pass",
  "fail",
  "not applicable",
  "could not tell",
];

export function ShownSamples() {
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <Card title="Trend">
          <TrendArea points={sampleTrend} label="Findings per day by severity" />
        </Card>
        <Card title="Counts">
          <div className="grid gap-4">
            <SeverityBars counts={sampleCounts[0]} label="Findings by severity" href={() => "/gallery"} />
            <SeverityBar counts={sampleCounts[0]} label="Share of findings" />
          </div>
        </Card>
        <Card title="Words and badges">
          <div className="flex flex-wrap gap-3">
            {severitiesWorstFirst.map((severity) => (
              <SeverityBadge key={severity} severity={severity} />
            ))}
            {words.map((word) => (
              <StatusWord key={word} word={word} />
            ))}
            <Badge>plain</Badge>
            <Badge tone="accent">accent</Badge>
            <Badge tone="good">good</Badge>
            <Badge tone="warn">warn</Badge>
            <Badge tone="bad">bad</Badge>
          </div>
        </Card>
        <Card title="Command">
          <CodeBlock
            code="sudo rampart defender install --gateway https://rampart.example.com:8084 --token 5b1c…"
            what="command"
          />
        </Card>
        <Card title="Empty">
          <EmptyState title="No image has been seen yet">Images appear once a Defender runs on a host.</EmptyState>
        </Card>
        <ErrorState
          title="The findings could not be read"
          advice="The database did not answer. Try again in a moment."
          code="4f1c2a"
        />
      </div>
      <TableSkeleton rows={4} />
    </>
  );
}
