/** The pages of a SQLite database, with those that its write-ahead log has changed. See sqlite.org/fileformat2.html. */
export type SqlitePages = Readonly<{ pageSize: number; usable: number; page(number: number): Buffer }>;

const journalHeaderBytes = 32;
const frameHeaderBytes = 24;
const journalMagic = 0x377f0682;

export function openSqlitePages(bytes: Buffer, journal: Buffer | null): SqlitePages {
  const stated = bytes.readUInt16BE(16);
  const pageSize = stated === 1 ? 65_536 : stated;
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0)
    throw new RangeError("database with an impossible page size");
  const changed = journal === null ? new Map<number, Buffer>() : readJournal(journal, pageSize);
  const page = (number: number) => {
    const inJournal = changed.get(number);
    if (inJournal !== undefined) return inJournal;
    const start = (number - 1) * pageSize;
    if (number < 1 || start + pageSize > bytes.length) throw new RangeError("database that points out of itself");
    return bytes.subarray(start, start + pageSize);
  };
  return { pageSize, usable: pageSize - (bytes[20] ?? 0), page };
}

/** Pages of the last complete transaction in the log; frames with another salt are left from before it was reused. */
function readJournal(journal: Buffer, pageSize: number): Map<number, Buffer> {
  const committed = new Map<number, Buffer>();
  if (journal.length < journalHeaderBytes) return committed;
  const magic = journal.readUInt32BE(0);
  if ((magic & ~1) !== journalMagic || journal.readUInt32BE(8) !== pageSize) return committed;
  const sum = checksum(magic === journalMagic);
  sum(journal.subarray(0, 24));
  const open = new Map<number, Buffer>();
  const frameBytes = frameHeaderBytes + pageSize;
  for (let at = journalHeaderBytes; at + frameBytes <= journal.length; at += frameBytes) {
    const isOfThisLog = journal.compare(journal, 16, 24, at + 8, at + 16) === 0;
    if (!isOfThisLog) break;
    const content = journal.subarray(at + frameHeaderBytes, at + frameBytes);
    sum(journal.subarray(at, at + 8));
    const [first, second] = sum(content);
    if (first !== journal.readUInt32BE(at + 16) || second !== journal.readUInt32BE(at + 20)) break;
    open.set(journal.readUInt32BE(at), content);
    if (journal.readUInt32BE(at + 4) === 0) continue;
    for (const [number, page] of open) committed.set(number, page);
    open.clear();
  }
  return committed;
}

/** The log's running checksum over pairs of 32-bit words, in the byte order of the machine that wrote it. */
function checksum(isLittle: boolean): (bytes: Buffer) => readonly [number, number] {
  let first = 0;
  let second = 0;
  return (bytes) => {
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      const left = isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
      const right = isLittle ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4);
      first = (first + left + second) >>> 0;
      second = (second + right + first) >>> 0;
    }
    return [first, second];
  };
}
