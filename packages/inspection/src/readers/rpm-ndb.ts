/**
 * rpm's own format since openSUSE 15: a header, slots that say where each blob lies, then the blobs in 16-byte blocks.
 * See lib/backend/ndb/rpmpkg.c of rpm.
 */
const pageBytes = 4096;
const slotBytes = 16;
const blockBytes = 16;
const slotMagic = 0x746f6c53;
const blobMagic = 0x53626c42;
/** The first two slots of the first page are the header. */
const firstSlotAt = 2 * slotBytes;

export function* readNdbBlobs(bytes: Buffer): Generator<Buffer> {
  const slotPages = bytes.readUInt32LE(12);
  const slotsEnd = slotPages * pageBytes;
  if (slotsEnd > bytes.length) throw new RangeError("rpm database with more slots than bytes");
  for (let at = firstSlotAt; at < slotsEnd; at += slotBytes) {
    if (bytes.readUInt32LE(at) !== slotMagic) throw new RangeError("rpm database with a broken slot");
    const packageIndex = bytes.readUInt32LE(at + 4);
    if (packageIndex !== 0) yield readBlob(bytes, packageIndex, bytes.readUInt32LE(at + 8) * blockBytes);
  }
}

function readBlob(bytes: Buffer, packageIndex: number, at: number): Buffer {
  if (bytes.readUInt32LE(at) !== blobMagic || bytes.readUInt32LE(at + 4) !== packageIndex) {
    throw new RangeError("rpm database with a broken blob");
  }
  const length = bytes.readUInt32LE(at + 12);
  if (at + 16 + length > bytes.length) throw new RangeError("rpm database that ends inside a blob");
  return bytes.subarray(at + 16, at + 16 + length);
}
