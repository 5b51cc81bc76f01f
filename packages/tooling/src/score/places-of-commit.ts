/** The places of 3.2 that a change touches: a workspace, or a folder of the fixed top level. */
export function placesOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.filter((path) => path.includes("/")).map(placeOf))];
}

function placeOf(path: string): string {
  const [top = "", second = "", third = ""] = path.split("/");
  if (top === "packages" && (second === "areas" || second === "platform")) return `${top}/${second}/${third}`;
  return top === "packages" || top === "apps" || top === "workers" ? `${top}/${second}` : top;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** The smallest value that at least `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
