import { migrateDatabase } from "@rampart/database/migrate";
import { openDatabase } from "@rampart/database";
import { createFirstAdmin, prepareSetup } from "@rampart/identity";
import { bindIdentity } from "@rampart/identity/bind";
import { permissions, Refusal, type Caller } from "@rampart/kernel";
import { migrateQueue } from "@rampart/queue/migrate";
import { answerParent } from "./run-step.ts";

export type PrepareDatabase = Readonly<{
  ownerUrl: string;
  servicePassword: string;
  /** The repository's `prisma` folder. */
  folder: string;
  queueInDatabase: boolean;
  firstAdmin: { username: string; password: string } | null;
}>;

export type PreparedDatabase = Readonly<{
  /** What the parts get as DATABASE_URL. */
  serviceUrl: string;
  migrations: readonly string[];
  /** Null when somebody administers the installation already. */
  setupToken: string | null;
}>;

const operator: Caller = { kind: "system", id: "onebox", name: "onebox", permissions: new Set(permissions) };

answerParent(async (asked: PrepareDatabase): Promise<PreparedDatabase> => {
  const { ownerUrl, servicePassword, folder } = asked;
  const { serviceUrl, applied } = await migrateDatabase({ ownerUrl, servicePassword, folder });
  if (asked.queueInDatabase) await migrateQueue(ownerUrl);
  const database = openDatabase({ url: serviceUrl, poolMax: 1 });
  try {
    const ctx = bindIdentity({ database }, operator);
    if (asked.firstAdmin !== null) await makeFirstAdmin(ctx, asked.firstAdmin);
    return { serviceUrl, migrations: applied, setupToken: await prepareSetup(ctx) };
  } finally {
    await database.close();
  }
});

async function makeFirstAdmin(
  ctx: Parameters<typeof createFirstAdmin>[0],
  admin: { username: string; password: string },
): Promise<void> {
  try {
    await createFirstAdmin(ctx, admin, { tokenRequired: false });
  } catch (error) {
    // The variables may stay set for ever; they mean something at the first start only.
    if (!(error instanceof Refusal && error.reason === "identity.setup.done")) throw error;
  }
}
