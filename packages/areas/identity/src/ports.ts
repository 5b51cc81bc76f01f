import type { InstallationCtx } from "@rampart/kernel";
import type { TenancyCtx } from "@rampart/tenancy";
import type { UserView } from "./contract.ts";
import type { StoredSession } from "./core/decide-session.ts";

export type UserWithHash = UserView & Readonly<{ passwordHash: string }>;
export type SessionRow = StoredSession & Readonly<{ id: string; userId: string; tokenHash: string }>;

export type IdentityStores = Readonly<{
  users: Readonly<{
    find(id: string): Promise<UserWithHash | null>;
    findByName(username: string): Promise<UserWithHash | null>;
    /** Users of one tenant, or all for null. */
    list(tenantId: string | null, take: number): Promise<readonly UserView[]>;
    countAll(): Promise<number>;
    insert(user: UserWithHash): Promise<void>;
    setPasswordHash(id: string, passwordHash: string): Promise<void>;
    setDisabledAt(id: string, disabledAt: Date | null): Promise<void>;
  }>;
  sessions: Readonly<{
    findByHash(tokenHash: string): Promise<SessionRow | null>;
    insert(session: SessionRow): Promise<void>;
    touch(id: string, lastSeenAt: Date): Promise<void>;
    remove(tokenHash: string): Promise<void>;
    removeOfUser(userId: string): Promise<void>;
    removeExpired(now: Date): Promise<number>;
  }>;
  settings: Readonly<{
    find(key: string): Promise<unknown>;
    put(key: string, value: string): Promise<void>;
    remove(key: string): Promise<void>;
    /** Held until the transaction ends, so that two first admins cannot be made at once. */
    lockFirstAdmin(): Promise<void>;
  }>;
}>;

/** Argon2id, RFC 9106. `verify` takes as long for a missing user as for a wrong password. */
export type Passwords = Readonly<{
  hash(password: string): Promise<string>;
  verify(passwordHash: string | null, password: string): Promise<boolean>;
}>;

export type Tokens = Readonly<{ next(): string; hash(token: string): string }>;

/** Slows down guessing: refuses when a name or an address failed too often lately. */
export type Attempts = Readonly<{
  check(keys: readonly string[], now: Date): void;
  failed(keys: readonly string[], now: Date): void;
  succeeded(keys: readonly string[]): void;
}>;

export type IdentityCtx = InstallationCtx<IdentityStores> &
  Readonly<{ passwords: Passwords; tokens: Tokens; attempts: Attempts; tenancy: TenancyCtx }>;
