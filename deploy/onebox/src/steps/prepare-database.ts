import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { openDatabase, type Database } from "@rampart/database";
import { migrateDatabase } from "@rampart/database/migrate";
import { createEnrolmentToken } from "@rampart/fleet";
import { bindFleet, issueServerCertificate, openInstallation } from "@rampart/fleet/bind";
import { createFirstAdmin, prepareSetup, type IdentityCtx } from "@rampart/identity";
import { bindIdentity } from "@rampart/identity/bind";
import { centralProjectId, centralTenantId, permissions, Refusal, type Caller } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import { migrateQueue } from "@rampart/queue/migrate";
import { loadInstallationKey } from "@rampart/secrets";
import { answerParent } from "./run-step.ts";

export type PrepareDatabase = Readonly<{
  ownerUrl: string;
  servicePassword: string;
  /** The repository's `prisma` folder. */
  folder: string;
  keyFile: string;
  queueInDatabase: boolean;
  firstAdmin: { username: string; password: string } | null;
  /** False when this is not the start, so that the set-up link on the screen stays the valid one. */
  makeSetupToken: boolean;
  /** Set when the Defender of this host has to enrol: where it finds the gateway. */
  inviteTo: string | null;
  /** Set when the Console speaks HTTPS with a certificate of the installation's own CA. */
  consoleCertificate: { names: readonly string[]; folder: string } | null;
}>;

export type PreparedDatabase = Readonly<{
  /** What the parts get as DATABASE_URL. */
  serviceUrl: string;
  migrations: readonly string[];
  /** Null when somebody administers the installation already. */
  setupToken: string | null;
  invitation: HostInvitation | null;
}>;

/** What the Defender of this host enrols with, once and within minutes. */
export type HostInvitation = Readonly<{ gateway: string; token: string; pin: string }>;

const operator: Caller = { kind: "system", id: "onebox", name: "onebox", permissions: new Set(permissions) };
const invitationMinutes = 5;

answerParent(async (asked: PrepareDatabase): Promise<PreparedDatabase> => {
  const { ownerUrl, servicePassword, folder } = asked;
  const { serviceUrl, applied } = await migrateDatabase({ ownerUrl, servicePassword, folder });
  if (asked.queueInDatabase) await migrateQueue(ownerUrl);
  const database = openDatabase({ url: serviceUrl, poolMax: 2 });
  try {
    const identity = bindIdentity({ database }, operator);
    if (asked.firstAdmin !== null) await makeFirstAdmin(identity, asked.firstAdmin);
    return {
      serviceUrl,
      migrations: applied,
      setupToken: asked.makeSetupToken ? await prepareSetup(identity) : null,
      invitation: await prepareCertificates(database, asked),
    };
  } finally {
    await database.close();
  }
});

async function makeFirstAdmin(ctx: IdentityCtx, admin: { username: string; password: string }): Promise<void> {
  try {
    await createFirstAdmin(ctx, admin, { tokenRequired: false });
  } catch (error) {
    // The variables may stay set for ever; they mean something at the first start only.
    if (!(error instanceof Refusal && error.reason === "identity.setup.done")) throw error;
  }
}

async function prepareCertificates(database: Database, asked: PrepareDatabase): Promise<HostInvitation | null> {
  const { sealer } = await loadInstallationKey(asked.keyFile);
  const installation = await openInstallation(database, sealer);
  if (asked.consoleCertificate !== null) {
    const { names, folder } = asked.consoleCertificate;
    const issued = await issueServerCertificate(sealer, installation, { names, now: new Date() });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replaceFile(path.join(folder, "console.key"), issued.key);
    await replaceFile(path.join(folder, "console.crt"), issued.chain);
    await replaceFile(path.join(folder, "authority.crt"), installation.certificate);
  }
  return asked.inviteTo === null ? null : inviteHost(database, asked.inviteTo);
}

/** Permits the Defender of this host to enrol, as a person would do on the page Defenders. */
async function inviteHost(database: Database, gatewayUrl: string): Promise<HostInvitation> {
  const scope = grantScope(centralTenantId, centralProjectId);
  const ctx = bindFleet({ database, addresses: { gatewayUrl } }, scope, operator);
  const { gateway, token, pin } = await createEnrolmentToken(ctx, { lifetimeMinutes: invitationMinutes });
  return { gateway, token, pin };
}

async function replaceFile(file: string, content: string): Promise<void> {
  await writeFile(`${file}.new`, content, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
