import type { ChangeCounts } from "@rampart/inventory/contract";
import { changeWords } from "./change-words.ts";

/** How a container differs from its image, in words. */
export function ChangeWords({ changes }: Readonly<{ changes: ChangeCounts }>) {
  return <span className="text-warn">{changeWords(changes).join(", ")}</span>;
}
