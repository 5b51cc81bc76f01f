import { deflateSync } from "node:zlib";

/** What the Go linker writes into a program's data, 16-byte aligned. */
export function goBuildInfo(version: string, modules: string): Buffer {
  const header = Buffer.alloc(32);
  header.write("\xff Go buildinf:\x08\x02", "latin1");
  const mark = Buffer.alloc(16, 0xe6);
  return Buffer.concat([header, sized(Buffer.from(version)), sized(Buffer.concat([mark, Buffer.from(modules), mark]))]);
}

/** A length in groups of seven bits, lowest first, then the bytes. */
function sized(bytes: Buffer): Buffer {
  const length: number[] = [];
  let left = bytes.length;
  do {
    length.push((left & 0x7f) | (left > 0x7f ? 0x80 : 0));
    left >>= 7;
  } while (left > 0);
  return Buffer.concat([Buffer.from(length), bytes]);
}

type Crate = Readonly<{ name: string; version: string; source: string; kind?: string; root?: boolean }>;

/** What cargo-auditable puts into the section `.dep-v0`. */
export function rustAudit(packages: readonly Crate[]): Buffer {
  return deflateSync(JSON.stringify({ packages }), { level: 7 });
}
