import type { InventoryWarning, WarningCode } from "./contract.ts";
import { inventoryLimits } from "./limits.ts";

export function warning(code: WarningCode, message: string, layer?: number): InventoryWarning {
  return { code, message: printable(message, inventoryLimits.messageLengthMax), ...(layer !== undefined && { layer }) };
}

/** Untrusted text, such as a path of an archive, made fit for logs, terminals and databases. */
export function printable(text: string, lengthMax: number): string {
  const clipped = text.length > lengthMax ? `${text.slice(0, lengthMax - 1)}…` : text;
  return clipped.replaceAll(/[\u0000-\u001f\u007f]/g, "\uFFFD").toWellFormed();
}

/** Collects warnings, at most one of each code with a count: a hostile archive could cause millions. */
export class WarningTally {
  readonly #byCode = new Map<WarningCode, { first: string; count: number }>();

  add(code: WarningCode, message: string): void {
    const tally = this.#byCode.get(code);
    if (tally === undefined) this.#byCode.set(code, { first: message, count: 1 });
    else tally.count += 1;
  }

  list(): InventoryWarning[] {
    return [...this.#byCode].map(([code, { first, count }]) =>
      warning(code, count === 1 ? first : `${printable(first, 400)} (and ${count - 1} more)`),
    );
  }
}
