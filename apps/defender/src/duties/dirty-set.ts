/**
 * Does work per key, one after the other, for as long as keys are marked. A key that is marked again while its turn is
 * on gets another one, so that the last state is always seen; marking it ten times before its turn is one turn.
 */
export function dirtySet(work: (key: string) => Promise<void>, onError: (error: unknown) => void) {
  const dirty = new Set<string>();
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    for (let [key] = dirty; key !== undefined; [key] = dirty) {
      dirty.delete(key);
      await work(key).catch(onError);
    }
    running = null;
  }

  return {
    mark(key: string): void {
      dirty.add(key);
      // Begins in a later turn, so that work which marks keys finds `running` set.
      running ??= Promise.resolve().then(drain);
    },
    /** Resolves when nothing is marked any more. */
    settled: async (): Promise<void> => {
      while (running !== null) await running;
    },
  };
}
