/** A process at work: what it runs, what it has mapped and what it holds open. Paths are relative to its root. */
export type SeenProcess = Readonly<{
  exe: string;
  /** Of interpreters alone; empty for all others. */
  argv: readonly string[];
  cwd: string;
  mapped: readonly string[];
  opened: readonly string[];
}>;
