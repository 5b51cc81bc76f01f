import type { ChangeCounts } from "@rampart/inventory/contract";
import { changeWords } from "./change-words.ts";

/** How a container differs from its image, in a cell. */
export function ChangeWords({ changes }: Readonly<{ changes: ChangeCounts }>) {
  return <span className="whitespace-nowrap text-warn">{changeWords(changes).join(", ")}</span>;
}
