import type { InventorySecret } from "../contract.ts";
import { inventoryLimits } from "../limits.ts";
import { printable } from "../warnings.ts";
import type { LayerContent } from "./layer-result.ts";
import type { VisibleFile } from "./layer-stack.ts";
import type { OwnedPaths } from "./owned-paths.ts";

/** Secrets of all layers, those too that a later layer hides: a layer is handed out whole. */
export function listSecrets(
  contents: readonly (LayerContent | null)[],
  visible: ReadonlyMap<string, VisibleFile>,
  owned: OwnedPaths,
): InventorySecret[] {
  const secrets: InventorySecret[] = [];
  for (const [layer, content] of contents.entries()) {
    for (const { path, content: found } of content?.records ?? []) {
      // A key that a distribution hands out with a package is public already.
      if (found?.is !== "secrets" || owned.has(path)) continue;
      const isHidden = visible.get(path)?.layer !== layer;
      const place = { path: printable(path, inventoryLimits.pathLengthMax), layer };
      for (const secret of found.secrets) secrets.push({ ...secret, ...place, ...(isHidden && { isHidden }) });
    }
  }
  return secrets.slice(0, inventoryLimits.secretsMax);
}
