import type { Tx } from "@rampart/database";
import { bundleKeysMax, type BundleKey } from "../../contract.ts";
import type { BundleKeyStore } from "../../ports.ts";

type Row = { fingerprint: string; publicKey: string; name: string; sequence: bigint; addedAt: Date };

export function bundleKeyStore(tx: Tx): BundleKeyStore {
  return {
    async list() {
      const rows = await tx.vulnerabilitiesBundleKey.findMany({ orderBy: { name: "asc" }, take: bundleKeysMax });
      return rows.map(toKey);
    },
    async find(fingerprint) {
      const row = await tx.vulnerabilitiesBundleKey.findUnique({ where: { fingerprint } });
      return row === null ? null : toKey(row);
    },
    async save({ fingerprint, ...key }, at) {
      const row = { ...key, sequence: BigInt(key.sequence) };
      const create = { fingerprint, ...row, addedAt: at };
      await tx.vulnerabilitiesBundleKey.upsert({ where: { fingerprint }, create, update: row });
    },
    async remove(fingerprint) {
      const { count } = await tx.vulnerabilitiesBundleKey.deleteMany({ where: { fingerprint } });
      return count > 0;
    },
  };
}

function toKey(row: Row): BundleKey {
  return { ...row, sequence: Number(row.sequence), addedAt: row.addedAt.toISOString() };
}
