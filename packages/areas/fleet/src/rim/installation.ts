import type { Database } from "@rampart/database";
import { Defect } from "@rampart/kernel";
import type { Sealer } from "@rampart/secrets";
import { newInstallationAuthority, type InstallationAuthority } from "./certificates/certificate-issuer.ts";
import { pinOf } from "./certificates/x509.ts";

/** The installation's CA; made by the first gateway that ever starts. */
export async function openInstallation(database: Database, sealer: Sealer): Promise<InstallationAuthority> {
  const present = await findInstallation(database);
  if (present !== null) return present;
  const now = new Date();
  const made = await newInstallationAuthority(sealer, now);
  // Of two gateways that start for the first time at once, the first to commit wins and both use its CA.
  await database.installation(
    (tx) => tx.$executeRaw`
      insert into fleet_installation (id, certificate, sealed_key, pin, created_at)
      values (1, ${made.certificate}, ${made.sealedKey}, ${pinOf(made.certificate)}, ${now}) on conflict do nothing`,
  );
  const stored = await findInstallation(database);
  if (stored === null) throw new Defect("the installation's CA was stored and cannot be found");
  return stored;
}

/** Publishes the names in the gateway's certificate, so that people are offered no other. */
export async function saveGatewayNames(database: Database, names: readonly string[]): Promise<void> {
  await database.installation((tx) =>
    tx.fleetInstallation.update({ where: { id: 1 }, data: { gatewayNames: [...names] } }),
  );
}

function findInstallation(database: Database): Promise<InstallationAuthority | null> {
  return database.installation((tx) =>
    tx.fleetInstallation.findUnique({ where: { id: 1 }, select: { certificate: true, sealedKey: true } }),
  );
}
