/** The OSV form in which converters hand over what they read; `readRecord` checks it like any other record. */
export type OsvEvent =
  | Readonly<{ introduced: string }>
  | Readonly<{ fixed: string }>
  | Readonly<{ last_affected: string }>;

export type OsvAffected = Readonly<{
  package: Readonly<{ ecosystem: string; name: string }>;
  ranges: readonly Readonly<{ type: "ECOSYSTEM" | "SEMVER"; events: readonly OsvEvent[] }>[];
  database_specific?: Readonly<{ severity?: string; status?: string }>;
}>;

export type OsvForm = Readonly<{
  id: string;
  modified: string;
  published?: string;
  withdrawn?: string;
  aliases?: readonly string[];
  upstream?: readonly string[];
  summary?: string;
  severity?: readonly Readonly<{ type: string; score: string }>[];
  affected: readonly OsvAffected[];
  database_specific?: Readonly<{ severity?: string }>;
  references?: readonly Readonly<{ type: string; url: string }>[];
}>;

type Stated = Readonly<{ ecosystem: string; name: string; fixed: string | null; severity?: string; status?: string }>;

/** Every version is affected up to the fix; without one, all are. A fix in "0" says that none ever was. */
export function affectedUpTo({ ecosystem, name, fixed, severity, status }: Stated): OsvAffected {
  const events: readonly OsvEvent[] = fixed === null ? [{ introduced: "0" }] : [{ introduced: "0" }, { fixed }];
  const notes = { ...(severity !== undefined && { severity }), ...(status !== undefined && { status }) };
  return {
    package: { ecosystem, name },
    ranges: [{ type: "ECOSYSTEM", events }],
    ...(Object.keys(notes).length > 0 && { database_specific: notes }),
  };
}

/** The version that counts where several are said to repair the same: whoever has the newest has them all. */
export function newestOf(versions: readonly string[], compare: (left: string, right: string) => number): string | null {
  return versions.reduce<string | null>(
    (newest, version) => (newest === null || compare(version, newest) > 0 ? version : newest),
    null,
  );
}
