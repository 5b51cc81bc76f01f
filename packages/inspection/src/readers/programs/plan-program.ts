import type { ProgramPlan } from "./byte-ranges.ts";
import { isElf, planElf } from "./elf.ts";
import { isMachO, planMachO } from "./mach-o.ts";
import { isPortableExecutable, planPortableExecutable } from "./pe.ts";

/** All headers that are read lie in the first bytes of a file, with room to spare. */
export const headBytes = 32 * 1024;

const formats = [
  { is: isElf, plan: planElf },
  { is: isPortableExecutable, plan: planPortableExecutable },
  { is: isMachO, plan: planMachO },
] as const;

export function isProgram(head: Buffer): boolean {
  return formats.some(({ is }) => is(head));
}

/** Where to look in a program; null when its headers make no sense, as those of a file cut short. */
export function planProgram(head: Buffer, size: number): ProgramPlan | null {
  try {
    return formats.find(({ is }) => is(head))?.plan(head, size) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
