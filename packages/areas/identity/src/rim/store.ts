import type { Tx } from "@rampart/database";
import { Role, type UserView } from "../contract.ts";
import type { IdentityStores, SessionRow, UserWithHash } from "../ports.ts";

/** Any constant will do; see `lockFirstAdmin`. */
const firstAdminLock = 727_002;

type UserRow = Omit<UserWithHash, "role" | "disabled"> & { role: string; disabledAt: Date | null };

function toUser({ disabledAt, role, ...user }: UserRow): UserWithHash {
  return { ...user, role: Role.parse(role), disabled: disabledAt !== null };
}

function toView({ passwordHash: _, ...user }: UserWithHash): UserView {
  return user;
}

export function identityStores(tx: Tx): IdentityStores {
  return {
    users: {
      async find(id) {
        const row = await tx.identityUser.findUnique({ where: { id } });
        return row === null ? null : toUser(row);
      },
      async findByName(username) {
        const row = await tx.identityUser.findUnique({ where: { username } });
        return row === null ? null : toUser(row);
      },
      async list(tenantId, take) {
        const where = tenantId === null ? {} : { tenantId };
        const rows = await tx.identityUser.findMany({ where, orderBy: { username: "asc" }, take });
        return rows.map((row) => toView(toUser(row)));
      },
      countAll: () => tx.identityUser.count(),
      async insert({ disabled: _, ...user }) {
        await tx.identityUser.create({ data: user });
      },
      async setPasswordHash(id, passwordHash) {
        await tx.identityUser.update({ where: { id }, data: { passwordHash } });
      },
      async setDisabledAt(id, disabledAt) {
        await tx.identityUser.update({ where: { id }, data: { disabledAt } });
      },
    },
    sessions: sessionStore(tx),
    settings: {
      find: async (key) => (await tx.identitySetting.findUnique({ where: { key } }))?.value ?? null,
      async put(key, value) {
        await tx.identitySetting.upsert({ where: { key }, create: { key, value }, update: { value } });
      },
      async remove(key) {
        await tx.identitySetting.deleteMany({ where: { key } });
      },
      async lockFirstAdmin() {
        await tx.$executeRaw`select pg_advisory_xact_lock(${firstAdminLock})`;
      },
    },
  };
}

function sessionStore(tx: Tx): IdentityStores["sessions"] {
  return {
    async findByHash(tokenHash) {
      const row = await tx.identitySession.findUnique({ where: { tokenHash } });
      // The check constraint of the table allows these two kinds only.
      return row === null ? null : { ...row, kind: row.kind as SessionRow["kind"] };
    },
    async insert(session) {
      await tx.identitySession.create({ data: session });
    },
    async touch(id, lastSeenAt) {
      await tx.identitySession.updateMany({ where: { id }, data: { lastSeenAt } });
    },
    async remove(tokenHash) {
      await tx.identitySession.deleteMany({ where: { tokenHash } });
    },
    async removeOfUser(userId) {
      await tx.identitySession.deleteMany({ where: { userId } });
    },
    async removeExpired(now) {
      return (await tx.identitySession.deleteMany({ where: { expiresAt: { lt: now } } })).count;
    },
  };
}
