import { permissions } from "@rampart/kernel";
import { ProjectView, projectsListedMax } from "@rampart/tenancy/contract";
import { z } from "zod";

/** What people may be. Central admins own the installation; the other two live inside one tenant. */
export const roles = ["central-admin", "tenant-admin", "reader"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** Passwords are hashed with Argon2id; the upper bound keeps hashing cheap to refuse. */
export const passwordLengthMin = 12;
export const passwordLengthMax = 256;

export const Username = z
  .string()
  .trim()
  .min(2)
  .max(64)
  .regex(/^[\p{L}\p{N}._@-]+$/u, "letters, digits, dots, dashes, underscores and @ only");
const Password = z.string().min(1).max(passwordLengthMax);

export const UserView = z.object({
  id: z.uuid(),
  username: z.string(),
  role: Role,
  tenantId: z.uuid().nullable(),
  disabled: z.boolean(),
  createdAt: z.date(),
});
export type UserView = z.infer<typeof UserView>;

export const SignIn = z.strictObject({ username: z.string().min(1).max(64), password: Password });
export type SignIn = z.infer<typeof SignIn>;

export const CreateFirstAdmin = z.strictObject({
  username: Username,
  password: Password,
  setupToken: z.string().max(128).optional(),
});
export type CreateFirstAdmin = z.infer<typeof CreateFirstAdmin>;

export const CreateUser = z.strictObject({
  username: Username,
  password: Password,
  role: Role,
  tenantId: z.uuid().nullable(),
});
export type CreateUser = z.infer<typeof CreateUser>;

export const SetUserDisabled = z.strictObject({ userId: z.uuid(), disabled: z.boolean() });
export type SetUserDisabled = z.infer<typeof SetUserDisabled>;

export const ChangePassword = z.strictObject({ oldPassword: Password, newPassword: Password });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** Who is signed in and what they may open. */
export const Me = z.object({
  user: UserView,
  permissions: z.array(z.enum(permissions)).max(permissions.length),
  projects: z.array(ProjectView).max(projectsListedMax).readonly(),
});
export type Me = z.infer<typeof Me>;

/** A session ends when it was not used for this long … */
export const sessionIdleMs = 30 * 60_000;
/** … and at the latest this long after sign-in. */
export const sessionLifeMs = 12 * 3_600_000;
/** API tokens live this long and are renewed, not prolonged. */
export const apiTokenLifeMs = 30 * 60_000;
export const usersListedMax = 1_000;
