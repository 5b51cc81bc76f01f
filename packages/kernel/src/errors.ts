import { z } from "zod";
/** Why a request was understood and still refused; decides the status code at every rim. */
export type RefusalKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "precondition"
  | "limit";

/** Understood, and no. The asker can act on it; asking again unchanged cannot succeed. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly kind: RefusalKind;
  /** Permanent, searchable code such as `vulnerabilities.policy.not-found`. */
  readonly reason: string;

  constructor(kind: RefusalKind, reason: string, message: string) {
    super(message);
    this.kind = kind;
    this.reason = reason;
  }
}

/** Something outside of our code failed; waiting and trying again may help. */
export class Outage extends Error {
  override readonly name = "Outage";
  /** The system that failed, in words an operator knows, such as `registry.example.com`. */
  readonly system: string;

  constructor(system: string, cause: unknown) {
    super(`${system} did not answer as expected: ${messageOf(cause)}`, { cause });
    this.system = system;
  }
}

/** An invariant of ours is broken; only a developer can mend it. */
export class Defect extends Error {
  override readonly name = "Defect";
}

/** States what must hold. A failure is a Defect, never a message for the asker. */
export function invariant(condition: unknown, statement: string): asserts condition {
  if (!condition) throw new Defect(`broken invariant: ${statement}`);
}

/** Marks a branch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new Defect(`unexpected value ${JSON.stringify(value)}`);
}

/** A readable sentence for whatever was thrown. */
export function messageOf(thrown: unknown): string {
  // As it stands the message of a schema is a list in JSON.
  if (thrown instanceof z.ZodError) return z.prettifyError(thrown).replaceAll(/\s*\n\s*/g, " ");
  return thrown instanceof Error ? thrown.message : String(thrown);
}
