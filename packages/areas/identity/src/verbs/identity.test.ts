import { centralProjectId, permissions, type Caller } from "@rampart/kernel";
import { testCaller, testClock, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anonymousCaller, bindIdentity, readApiToken, signApiToken, userCaller } from "../bind.ts";
import { sessionIdleMs, type UserView } from "../contract.ts";
import { changePassword } from "./change-password.ts";
import { createFirstAdmin } from "./create-first-admin.ts";
import { createUser } from "./create-user.ts";
import { listUsers } from "./list-users.ts";
import { openDefaultProject, openProject } from "./open-project.ts";
import { isInitialized, prepareSetup } from "./prepare-setup.ts";
import { resumeSession } from "./resume-session.ts";
import { setUserDisabled } from "./set-user-disabled.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

const password = "correct horse battery";
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());
beforeEach(() => db.ownerQuery("delete from identity_user"));

const as = (caller: Caller) => bindIdentity({ database: db.database }, caller);
const anonymous = () => as(anonymousCaller("192.0.2.1"));

async function admin(): Promise<UserView> {
  return createFirstAdmin(anonymous(), { username: "ann", password }, { tokenRequired: false });
}

async function person(role: "tenant-admin" | "reader", tenantId: string, username: string): Promise<UserView> {
  const self: UserView = {
    id: "x",
    username: "root",
    role: "central-admin",
    tenantId: null,
    disabled: false,
    createdAt: new Date(),
  };
  return createUser(as(testCaller()), self, { username, password, role, tenantId });
}

describe("the first admin", () => {
  test("needs the token of the latest set-up link where strangers could come first", async () => {
    const old = await prepareSetup(anonymous());
    const token = await prepareSetup(anonymous());
    const make = (setupToken?: string) =>
      createFirstAdmin(
        anonymous(),
        { username: "ann", password, ...(setupToken && { setupToken }) },
        { tokenRequired: true },
      );
    await expect(make()).rejects.toThrow(/not valid/);
    await expect(make(old ?? "")).rejects.toThrow(/not valid/);
    expect((await make(token ?? "")).role).toBe("central-admin");
    expect(await isInitialized(anonymous())).toBe(true);
    expect(await prepareSetup(anonymous())).toBeNull();
  });

  test("is made once, even when two ask at the same moment", async () => {
    const made = await Promise.allSettled([
      admin(),
      createFirstAdmin(anonymous(), { username: "eve", password }, { tokenRequired: false }),
    ]);
    expect(made.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    await expect(admin()).rejects.toThrow("system already initialized");
  });

  test("cannot have a weak password", async () => {
    await expect(
      createFirstAdmin(anonymous(), { username: "ann", password: "short" }, { tokenRequired: false }),
    ).rejects.toThrow(/12 characters/);
  });
});

describe("signing in", () => {
  test("opens a session that ends by sign-out, idleness, disabling and a changed password", async () => {
    const ann = await admin();
    const first = await signIn(anonymous(), { username: "ann", password }, "browser");
    expect((await resumeSession(anonymous(), first.token))?.username).toBe("ann");
    await signOut(anonymous(), first.token);
    expect(await resumeSession(anonymous(), first.token)).toBeNull();

    const idle = await signIn(anonymous(), { username: "ann", password }, "browser");
    const later = testClock(new Date(Date.now() + sessionIdleMs + 5_000));
    expect(await resumeSession({ ...anonymous(), clock: later }, idle.token)).toBeNull();

    await changePassword(as(userCaller(ann, "user")), ann, {
      oldPassword: password,
      newPassword: "another long secret",
    });
    expect(await resumeSession(anonymous(), idle.token)).toBeNull();
    await expect(signIn(anonymous(), { username: "ann", password }, "browser")).rejects.toThrow(/wrong/);
  });

  test("says the same of a wrong name and a wrong password, and audits both", async () => {
    await admin();
    const message = /user name or the password is wrong/;
    await expect(signIn(anonymous(), { username: "ann", password: "wrong password" }, "browser")).rejects.toThrow(
      message,
    );
    await expect(signIn(anonymous(), { username: "bob", password }, "browser")).rejects.toThrow(message);
    const rows = await db.ownerQuery<{ project_id: string; source_ip: string }>(
      "select project_id, source_ip from audit_entry where action = 'identity.sign-in.refused' and subject in ('ann', 'bob')",
    );
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect(rows[0]).toEqual({ project_id: centralProjectId, source_ip: "192.0.2.1" });
  });

  test("is audited as done by the one who signed in", async () => {
    await admin();
    await signIn(anonymous(), { username: "ann", password }, "browser");
    const rows = await db.ownerQuery(
      "select caller_kind, caller_name, source_ip from audit_entry where action = 'identity.sign-in.accepted' limit 1",
    );
    expect(rows).toEqual([{ caller_kind: "user", caller_name: "ann", source_ip: "192.0.2.1" }]);
  });

  test("keeps neither password nor token in the database", async () => {
    await admin();
    const { token } = await signIn(anonymous(), { username: "ann", password }, "token");
    const stored = JSON.stringify([
      await db.ownerQuery("select * from identity_user"),
      await db.ownerQuery("select * from identity_session"),
      await db.ownerQuery("select * from audit_entry"),
    ]);
    expect(stored).not.toContain(password);
    expect(stored).not.toContain(token);
    expect(stored).toContain("$argon2id$");
  });
});

describe("people of a tenant", () => {
  test("open the projects of their tenant, and a foreign one is not found", async () => {
    const mine = await db.newProject("mine");
    const foreign = await db.newProject("foreign");
    const reader = await person("reader", mine.tenantId, "rita");
    const ctx = as(userCaller(reader, "user"));
    expect((await openProject(ctx, reader, mine.projectId)).id).toBe(mine.projectId);
    expect((await openDefaultProject(ctx, reader)).id).toBe(mine.projectId);
    await expect(openProject(ctx, reader, foreign.projectId)).rejects.toThrow(/There is no project/);
    await expect(openProject(ctx, reader, "Central Console")).rejects.toThrow(/There is no project/);
  });

  test("cannot manage people without the permission, nor people of another tenant with it", async () => {
    const mine = await db.newProject("mine");
    const foreign = await db.newProject("foreign");
    const stranger = await person("reader", foreign.tenantId, "sam");
    const boss = await person("tenant-admin", mine.tenantId, "tina");
    const reader = await person("reader", mine.tenantId, "rita");
    const asked = { username: "new.one", password, role: "reader", tenantId: mine.tenantId } as const;
    await expect(createUser(as(userCaller(reader, "user")), reader, asked)).rejects.toThrow(/identity.write/);
    await expect(listUsers(as(userCaller(reader, "user")), reader)).rejects.toThrow(/identity.read/);
    const bossCtx = as(userCaller(boss, "user"));
    await expect(createUser(bossCtx, boss, { ...asked, tenantId: foreign.tenantId })).rejects.toThrow(/own tenant/);
    await expect(createUser(bossCtx, boss, { ...asked, role: "central-admin", tenantId: null })).rejects.toThrow(
      /own tenant/,
    );
    await expect(setUserDisabled(bossCtx, boss, { userId: stranger.id, disabled: true })).rejects.toThrow(
      /no such user/,
    );
    expect((await listUsers(bossCtx, boss)).map((user) => user.username)).toEqual(["rita", "tina"]);
  });

  test("are shut out at once when disabled, and doing it twice changes nothing more", async () => {
    const mine = await db.newProject("mine");
    const boss = await person("tenant-admin", mine.tenantId, "tina");
    const reader = await person("reader", mine.tenantId, "rita");
    const { token } = await signIn(anonymous(), { username: "rita", password }, "browser");
    const ctx = as(userCaller(boss, "user"));
    await setUserDisabled(ctx, boss, { userId: reader.id, disabled: true });
    await setUserDisabled(ctx, boss, { userId: reader.id, disabled: true });
    expect(await resumeSession(anonymous(), token)).toBeNull();
    const audited = await db.ownerQuery(
      "select 1 from audit_entry where action = 'identity.user.disabled' and subject = 'rita'",
    );
    expect(audited).toHaveLength(1);
    await expect(setUserDisabled(ctx, boss, { userId: boss.id, disabled: true })).rejects.toThrow(/yourself/);
  });
});

test("an API token opens its own session only with our signature", async () => {
  const key = new Uint8Array(32).fill(7);
  const claims = {
    token: "secret",
    expiresAt: new Date(Date.now() + 60_000),
    username: "ann",
    role: "reader",
    projects: ["shop"],
  } as const;
  const jwt = await signApiToken(key, claims);
  expect(await readApiToken(key, jwt)).toBe("secret");
  expect(await readApiToken(new Uint8Array(32), jwt)).toBeNull();
  expect(await readApiToken(key, "not.a.token")).toBeNull();
  const payload: unknown = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64").toString());
  expect(payload).toMatchObject({ permissions: [{ project: "shop" }] });
});

test("every permission belongs to somebody", () => {
  expect(
    userCaller(
      { id: "x", username: "x", role: "central-admin", tenantId: null, disabled: false, createdAt: new Date() },
      "user",
    ).permissions.size,
  ).toBe(permissions.length);
});
