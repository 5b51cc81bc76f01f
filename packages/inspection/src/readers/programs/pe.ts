import { isWithin } from "./byte-ranges.ts";
import type { ByteRange, ProgramPlan } from "./byte-ranges.ts";

const sectionBytes = 40;
const sectionsMax = 96;
const flags = { initialised: 0x40, writable: 0x80000000 } as const;

type Section = ByteRange & Readonly<{ name: string; flags: number }>;

export function isPortableExecutable(head: Buffer): boolean {
  return head.length > 0x40 && head[0] === 0x4d && head[1] === 0x5a;
}

/** Reads the section table of a Windows program. */
export function planPortableExecutable(head: Buffer, size: number): ProgramPlan {
  const sections = readSections(head).filter((section) => isWithin(section, size));
  const isData = (section: Section) =>
    (section.flags & flags.initialised) !== 0 && (section.flags & flags.writable) !== 0;
  const audit = sections.find(({ name }) => name === ".dep-v0");
  return {
    goData: sections.filter(isData),
    rustAudit: audit === undefined ? null : { from: audit.from, to: audit.to, sections: false },
  };
}

function readSections(head: Buffer): Section[] {
  const header = head.readUInt32LE(0x3c);
  if (head.toString("latin1", header, header + 4) !== "PE\0\0") return [];
  const count = Math.min(head.readUInt16LE(header + 6), sectionsMax);
  const table = header + 24 + head.readUInt16LE(header + 20);
  return Array.from({ length: count }, (_, index) => {
    const at = table + index * sectionBytes;
    const from = head.readUInt32LE(at + 20);
    return {
      name: head.toString("latin1", at, at + 8).replace(/\0+$/, ""),
      from,
      to: from + head.readUInt32LE(at + 16),
      flags: head.readUInt32LE(at + 36),
    };
  });
}
