import { Defect, Outage, Refusal } from "@rampart/kernel";
import { Prisma } from "./generated/client.ts";

/** Prisma's codes for "the database is away or busy": connection, pool and transaction trouble. */
const outageCodes: ReadonlySet<string> = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
  "P2034",
  "P2037",
]);

/** PostgreSQL classes 08 (connection), 53 (resources), 57 (operator intervention), and 40 (rollback), Appendix A. */
const outageStates = /^(08|53|57|40)/;
const socketErrors: ReadonlySet<string> = new Set(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EPIPE", "ENOTFOUND"]);

/** Runs a transaction; trouble of the database becomes an Outage, everything else passes as it is. */
export async function asOutage<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal || error instanceof Defect || error instanceof Outage) throw error;
    if (isDatabaseAway(error)) throw new Outage("PostgreSQL", error);
    throw error;
  }
}

const causesMax = 5;

function isDatabaseAway(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  let cause = error;
  for (let depth = 0; cause instanceof Object && depth < causesMax; depth += 1) {
    if (saysAway(cause)) return true;
    cause = "cause" in cause ? cause.cause : undefined;
  }
  return false;
}

/** Prisma, its adapter and the driver each have their own way to say it. */
function saysAway(error: object): boolean {
  const codes = ["code", "originalCode"]
    .map((key) => Reflect.get(error, key))
    .filter((code) => typeof code === "string");
  if (codes.some((code) => outageCodes.has(code) || socketErrors.has(code) || isOutageState(code))) return true;
  return error instanceof Error && /terminat|Connection (ended|closed)|not queryable/i.test(error.message);
}

function isOutageState(code: string): boolean {
  return code.length === 5 && outageStates.test(code);
}
