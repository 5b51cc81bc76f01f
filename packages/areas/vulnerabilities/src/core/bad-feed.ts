/** A feed file that cannot be used, with the place where it goes wrong. Expected, and never the end of an import. */
export class BadFeed extends Error {
  override readonly name = "BadFeed";

  constructor(file: string, line: number | null, reason: string) {
    super(line === null ? `${file}: ${reason}` : `${file}, line ${line}: ${reason}`);
  }
}
