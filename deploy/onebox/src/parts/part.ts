/** One process of the product under the supervisor. */
export type Part = Readonly<{
  name: string;
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  /**
   * `message`: it says so itself over the channel to its parent. `none`: nobody waits for it, as its work begins when
   * something else happens.
   */
  ready: "message" | "none";
}>;
