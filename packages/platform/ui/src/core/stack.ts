export type Segment = Readonly<{ start: number; size: number }>;

/** Places values one after the other on a line of `length`; every value above zero stays visible as at least `least`. */
export function stackSegments(values: readonly number[], length: number, least = 2): readonly Segment[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return values.map(() => ({ start: 0, size: 0 }));
  const raised = values.map((value) => (value === 0 ? 0 : Math.max(least, (value / total) * length)));
  const scale = length / raised.reduce((sum, size) => sum + size, 0);
  let start = 0;
  return raised.map((size) => {
    const segment = { start, size: size * scale };
    start += segment.size;
    return segment;
  });
}

/** A round number at or above the largest value, for the top of an axis. */
export function niceCeiling(value: number): number {
  if (value <= 4) return Math.max(1, Math.ceil(value));
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * power >= value) ?? 10;
  return step * power;
}
