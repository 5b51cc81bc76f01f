import { endOfLife } from "./end-of-life.data.ts";

type Release = Readonly<{ id: string; versionId: string; name?: string }>;

/** Last day of security updates for everybody, as a date. */
export type EndOfLife = Readonly<{ date: string; isOver: boolean; sentence: string }>;

/** Until when a distribution gets security updates; null for one that we know no end of. */
export function endOfLifeOf(os: Release | null, now: Date): EndOfLife | null {
  const date = os === null ? undefined : dateOf(os);
  if (os === null || date === undefined) return null;
  const isOver = now.toISOString().slice(0, 10) > date;
  return { date, isOver, sentence: sentenceOf(os.name || `${os.id} ${os.versionId}`, date, isOver) };
}

/** The most exact version that the table has: 15.6, then 15. A first release may go without its 0: SUSE calls it 15. */
function dateOf({ id, versionId }: Release): string | undefined {
  const ends = Object.hasOwn(endOfLife, id) ? endOfLife[id] : undefined;
  const [major = "", minor = "0"] = versionId.split(/[.\-_]/);
  const candidates = [`${major}.${minor}`, major];
  return candidates.map((version) => ends?.[version]).find((date) => date !== undefined);
}

function sentenceOf(name: string, date: string, isOver: boolean): string {
  return isOver
    ? `${name} has had no security updates since ${date}, and few advisories: flaws found after that day may be missing. Move to a supported release.`
    : `${name} gets security updates until ${date}.`;
}
