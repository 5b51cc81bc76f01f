import { PrismaPg } from "@prisma/adapter-pg";
import type { ProjectScope } from "@rampart/kernel";
import { forProject } from "./for-project.ts";
import { type Prisma, PrismaClient } from "./generated/client.ts";
import { listen, type Listening } from "./listen.ts";
import { asOutage } from "./translate-error.ts";

/** What stores query with: a transaction that is already inside its project. */
export type Tx = Prisma.TransactionClient;

const poolMaxDefault = 10;
/** Longest wait for a free connection, and longest life of a unit of work: nothing slow belongs inside one. */
const transactionWaitMs = 10_000;
const transactionMs = 60_000;

export type Database = Readonly<{
  /** One read-write transaction inside a project. */
  unit<T>(scope: ProjectScope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One read-only transaction inside a project. */
  read<T>(scope: ProjectScope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction on the rows of the installation. Only importers of `@rampart/database/unscoped` may call it. */
  installation<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls `onNotice` for each notice on a PostgreSQL channel; reconnects by itself and then calls `onNotice("")`. */
  listen(channel: string, onNotice: (payload: string) => void): Promise<Listening>;
  /** Resolves when the database answers; throws an Outage when it does not. */
  ready(): Promise<void>;
  close(): Promise<void>;
}>;

/** Opens the pool of the service role. That role has no rights of its own: each transaction takes one on. */
export function openDatabase(settings: { url: string; poolMax?: number }): Database {
  const adapter = new PrismaPg({
    connectionString: settings.url,
    max: settings.poolMax ?? poolMaxDefault,
    connectionTimeoutMillis: transactionWaitMs,
  });
  const prisma = new PrismaClient({ adapter });
  const limits = { maxWait: transactionWaitMs, timeout: transactionMs };

  async function inProject<T>(scope: ProjectScope, readOnly: boolean, work: (tx: Tx) => Promise<T>): Promise<T> {
    return asOutage(() =>
      forProject(prisma, scope).$transaction(async (pinned) => {
        // The extension changes no signature, only arguments; its derived type is not assignable by name.
        const tx = pinned as unknown as Tx;
        await tx.$executeRaw`select set_config('role', 'rampart_project', true),
          set_config('app.project', ${scope.projectId}, true),
          set_config('transaction_read_only', ${readOnly ? "on" : "off"}, true)`;
        return work(tx);
      }, limits),
    );
  }

  return {
    unit: (scope, work) => inProject(scope, false, work),
    read: (scope, work) => inProject(scope, true, work),
    installation: (work) =>
      asOutage(() =>
        prisma.$transaction(async (tx) => {
          await tx.$executeRaw`select set_config('role', 'rampart_installation', true)`;
          return work(tx);
        }, limits),
      ),
    listen: (channel, onNotice) => listen(settings.url, channel, onNotice),
    ready: async () => {
      await asOutage(() => prisma.$queryRaw`select 1`);
    },
    close: () => prisma.$disconnect(),
  };
}
