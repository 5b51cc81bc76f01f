import { isWithin } from "./byte-ranges.ts";
import type { ByteRange, ProgramPlan } from "./byte-ranges.ts";

const magic = 0xfeedfacf;
const loadSegment = 0x19;
const commandsMax = 512;
const sectionsMax = 256;

type Section = ByteRange & Readonly<{ name: string }>;

export function isMachO(head: Buffer): boolean {
  return head.length >= 32 && head.readUInt32LE(0) === magic;
}

/** Reads the load commands of a 64-bit macOS program. */
export function planMachO(head: Buffer, size: number): ProgramPlan {
  const sections = readSections(head).filter((section) => isWithin(section, size));
  const audit = sections.find(({ name }) => name === ".dep-v0");
  return {
    goData: sections.filter(({ name }) => name === "__go_buildinfo"),
    rustAudit: audit === undefined ? null : { from: audit.from, to: audit.to, sections: false },
  };
}

function readSections(head: Buffer): Section[] {
  const sections: Section[] = [];
  const commands = Math.min(head.readUInt32LE(16), commandsMax);
  let at = 32;
  for (let command = 0; command < commands && at + 8 <= head.length; command += 1) {
    if (head.readUInt32LE(at) === loadSegment) readSegment(head, at, sections);
    at += Math.max(8, head.readUInt32LE(at + 4));
  }
  return sections;
}

function readSegment(head: Buffer, at: number, sections: Section[]): void {
  const count = Math.min(head.readUInt32LE(at + 64), sectionsMax);
  for (let index = 0; index < count; index += 1) {
    const section = at + 72 + index * 80;
    const name = head.toString("latin1", section, section + 16).replace(/\0+$/, "");
    const from = head.readUInt32LE(section + 48);
    sections.push({ name, from, to: from + Number(head.readBigUInt64LE(section + 40)) });
  }
}
