/** A feed that cannot be used, with the place where it goes wrong. Expected, and never the end of an import. */
export class BadFeed extends Error {
  override readonly name = "BadFeed";

  /** `place` names the line or entry, such as `line 3` or `GHSA-1.json`. */
  constructor(file: string, place: string | null, reason: string) {
    super(place === null ? `${file}: ${reason}` : `${file}, ${place}: ${reason}`);
  }
}
