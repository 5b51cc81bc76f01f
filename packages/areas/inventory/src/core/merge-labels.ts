import { labelsMax, type Labels } from "@rampart/kernel";

const valueLengthMax = 4_096;

/**
 * The labels under which people look for an image: its own and those of its containers, which is where teams say whose a
 * workload is. Different values of one key are all kept, separated by commas, as lists of owners are written.
 */
export function mergeLabels(own: Labels, ofContainers: readonly Labels[]): Labels {
  const merged = new Map(Object.entries(own).map(([key, value]) => [key, [value]]));
  for (const [key, value] of ofContainers.flatMap((labels) => Object.entries(labels))) {
    const values = merged.get(key) ?? [];
    if (values.includes(value)) continue;
    if (values.length > 0 || merged.size < labelsMax) merged.set(key, [...values, value]);
  }
  return Object.fromEntries([...merged].map(([key, values]) => [key, values.join(",").slice(0, valueLengthMax)]));
}
