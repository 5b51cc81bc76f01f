import { Outage } from "@rampart/kernel";

/**
 * Enqueues in order. When the queue turns out to be away, what is left is given back, so that it waits for the next
 * round and not until its claim has grown old; then the Outage ends the round.
 */
export async function enqueueAll<Row>(
  rows: readonly Row[],
  enqueue: (row: Row) => Promise<void>,
  giveBack: (left: readonly Row[]) => Promise<void>,
): Promise<void> {
  for (const [index, row] of rows.entries()) {
    try {
      await enqueue(row);
    } catch (error) {
      if (error instanceof Outage) await giveBack(rows.slice(index));
      throw error;
    }
  }
}
