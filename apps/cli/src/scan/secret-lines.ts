import type { Inventory, InventorySecret } from "@rampart/inspection/contract";

const linesMax = 50;

/** One line for each key or login that lies in what was scanned, with the layer that hands it out. */
export function secretLines({ secrets = [], layers }: Pick<Inventory, "secrets" | "layers">): string[] {
  const lines = secrets.slice(0, linesMax).map((secret) => `secret: ${describe(secret, layers)}`);
  return secrets.length > linesMax ? [...lines, `secret: and ${secrets.length - linesMax} more`] : lines;
}

function describe({ kind, path, line, hint, layer, isHidden }: InventorySecret, layers: Inventory["layers"]): string {
  const place = `${kind} in ${path}, line ${line} (${hint})`;
  if (layer === undefined) return place;
  const made = layers[layer]?.createdBy;
  const brought = `${place}, layer ${layer}${made === undefined ? "" : `: ${made.slice(0, 80)}`}`;
  return isHidden === true ? `${brought}; a later layer hides it, but who has the image has it` : brought;
}
