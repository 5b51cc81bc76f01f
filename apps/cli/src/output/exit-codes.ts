import { Outage, Refusal } from "@rampart/kernel";

/** What the command tells the shell. Pipelines tell these apart, so they never change. */
export const exitCodes = {
  passed: 0,
  /** The scan worked and the policy says no. */
  policyFailed: 1,
  /** The command or its options are wrong, or the Console refused them. */
  usage: 2,
  /** A Console, engine or feed did not answer. */
  connection: 3,
  /** The image could not be read, or not completely enough to trust a pass. */
  scanFailed: 4,
  /** A mistake of ours. */
  defect: 70,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The exit code of a thrown error. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof Refusal) return error.reason.startsWith("inspection.") ? exitCodes.scanFailed : exitCodes.usage;
  if (isOfSystem(error)) return exitCodes.usage;
  return error instanceof Outage ? exitCodes.connection : exitCodes.defect;
}

/** A file that cannot be opened or written: the message of the system names it and says why. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && "path" in error;
}
