import type { Severity, SeverityCounts } from "@rampart/kernel";
import { formatCount } from "./core/format.ts";
import { severitiesWorstFirst, severityLook } from "./core/severity-look.ts";
import { niceCeiling } from "./core/stack.ts";

export type TrendPoint = Readonly<{ at: string; counts: SeverityCounts }>;

const size = { width: 640, height: 180, left: 36, right: 104, top: 8, bottom: 22 };
/** Worst at the bottom, where a change of a few is easiest to see. */
const drawn: readonly Severity[] = severitiesWorstFirst;

type Band = Readonly<{ severity: Severity; path: string; endMiddle: number; last: number }>;

function toBands(points: readonly TrendPoint[], top: number): readonly Band[] {
  const x = (index: number) =>
    size.left + (index / Math.max(1, points.length - 1)) * (size.width - size.left - size.right);
  const y = (value: number) => size.height - size.bottom - (value / top) * (size.height - size.top - size.bottom);
  let floors = points.map(() => 0);
  return drawn.map((severity) => {
    const ceilings = points.map(({ counts }, index) => (floors[index] ?? 0) + counts[severity]);
    const upper = ceilings.map((value, index) => `${x(index)},${y(value)}`);
    const lower = floors.map((value, index) => `${x(index)},${y(value)}`).reverse();
    const end = points.length - 1;
    const endMiddle = y(((ceilings[end] ?? 0) + (floors[end] ?? 0)) / 2);
    floors = ceilings;
    return {
      severity,
      path: `M${[...upper, ...lower].join("L")}Z`,
      endMiddle,
      last: points[end]?.counts[severity] ?? 0,
    };
  });
}

/** Counts over time as stacked areas, each labelled where it ends. Needs two points; the caller says so when there is one. */
export function TrendArea({ points, label }: Readonly<{ points: readonly TrendPoint[]; label: string }>) {
  const totals = points.map(({ counts }) => drawn.reduce((sum, severity) => sum + counts[severity], 0));
  const top = niceCeiling(Math.max(1, ...totals));
  const bands = toBands(points, top);
  const labels = spreadLabels(bands.filter(({ last }) => last > 0));
  return (
    <svg viewBox={`0 0 ${size.width} ${size.height}`} className="w-full" role="img" aria-label={label}>
      {[0, 0.5, 1].map((share) => {
        const y = size.height - size.bottom - share * (size.height - size.top - size.bottom);
        return (
          <g key={share}>
            <line x1={size.left} x2={size.width - size.right} y1={y} y2={y} className="stroke-line" />
            <text x={size.left - 6} y={y + 4} textAnchor="end" fontSize="11" className="fill-ink-subtle">
              {formatCount(top * share)}
            </text>
          </g>
        );
      })}
      {bands.map(({ severity, path }) => (
        <path key={severity} d={path} className={severityLook[severity].fill} />
      ))}
      {labels.map(({ severity, last, y }) => (
        <text key={severity} x={size.width - size.right + 6} y={y + 4} fontSize="11" className="fill-ink-muted">
          {severityLook[severity].shape} {formatCount(last)} {severityLook[severity].word.toLowerCase()}
        </text>
      ))}
      <text x={size.left} y={size.height - 6} fontSize="11" className="fill-ink-subtle">
        {points[0]?.at.slice(0, 10)}
      </text>
      <text x={size.width - size.right} y={size.height - 6} textAnchor="end" fontSize="11" className="fill-ink-subtle">
        {points.at(-1)?.at.slice(0, 10)}
      </text>
    </svg>
  );
}

const labelHeight = 13;

/** Moves labels apart that would cover each other; the lowest stays where its band ends. */
function spreadLabels(bands: readonly Band[]): readonly (Band & { y: number })[] {
  let limit = Number.POSITIVE_INFINITY;
  return bands.map((band) => {
    const y = Math.min(band.endMiddle, limit);
    limit = y - labelHeight;
    return { ...band, y };
  });
}
