import { TarWalker, type TarEntry } from "@rampart/inspection/tar";
import { Refusal } from "@rampart/kernel";
import { BadEntry } from "../../core/feeds/feed-entry.ts";
import { feedLimits } from "./limits.ts";
import type { Member } from "./member.ts";
import { unpack } from "./unpack.ts";

const headerBytesMax = 64 * 1024;

/** Files of a tar archive, packed or not, in their order. Memory holds those that end inside one chunk, and one more. */
export async function* tarMembers(path: string): AsyncGenerator<Member> {
  const ready: Member[] = [];
  const walker = new TarWalker((entry) => collector(entry, (member) => ready.push(member)), {
    entriesMax: feedLimits.documentsMax,
    headerBytesMax,
  });
  try {
    for await (const chunk of unpack(path)) {
      walker.push(chunk);
      yield* ready.splice(0);
    }
    walker.end();
    yield* ready.splice(0);
  } catch (error) {
    throw error instanceof Refusal ? new BadEntry(null, error.message) : error;
  }
}

function collector({ kind, name, size }: TarEntry, keep: (member: Member) => void) {
  if (kind !== "file") return null;
  if (size > feedLimits.memberBytesMax) throw new BadEntry(name, "is larger than a file may be");
  const parts: Buffer[] = [];
  return {
    // What comes is a view of a chunk that is soon overwritten.
    write: (bytes: Buffer) => void parts.push(Buffer.from(bytes)),
    end: () =>
      keep({
        name,
        async *bytes() {
          yield* parts;
        },
      }),
  };
}
