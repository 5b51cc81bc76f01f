import { restRoute, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindIdentity } from "../bind.ts";
import { CreateUser, passwordLengthMax, Role, Username, type UserView } from "../contract.ts";
import { createUser } from "../verbs/create-user.ts";
import { describeSelf, getSelf } from "../verbs/describe-self.ts";
import { listUsers } from "../verbs/list-users.ts";

/** How the public API names our roles; unknown names are refused by the schema. */
const roleNames: Readonly<Record<Role, string>> = {
  "central-admin": "admin",
  "tenant-admin": "operator",
  reader: "devOps",
};

const Name = z.string().max(128);
const projectsMax = 500;

const PublicUser = z.object({
  username: Name,
  role: Name,
  authType: z.literal("basic"),
  permissions: z.array(z.object({ project: Name, collections: z.array(Name).max(projectsMax) })).max(projectsMax),
});

function toPublicUser(user: UserView): z.infer<typeof PublicUser> {
  return { username: user.username, role: roleNames[user.role], authType: "basic", permissions: [] };
}

const NewUser = z.looseObject({
  username: Username,
  password: z.string().max(passwordLengthMax),
  role: z.enum(["admin", "operator", "devOps"]),
});

export const identityRest: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/users",
    tag: "Users",
    summary: "List the local users you may see",
    query: z.object({}),
    answer: PublicUser,
    answers: "json",
    async run({ platform, caller }) {
      const ctx = bindIdentity(platform, caller);
      return { kind: "json", value: (await listUsers(ctx, await getSelf(ctx))).map(toPublicUser) };
    },
  }),
  restRoute({
    method: "post",
    path: "/users",
    tag: "Users",
    summary: "Add a local user",
    query: z.object({}),
    body: NewUser,
    answers: "empty",
    async run({ platform, caller, scope, body }) {
      const ctx = bindIdentity(platform, caller);
      const role = Role.parse(Object.entries(roleNames).find(([, name]) => name === body.role)?.[0]);
      const tenantId = role === "central-admin" ? null : scope.tenantId;
      const asked = CreateUser.parse({ username: body.username, password: body.password, role, tenantId });
      await createUser(ctx, await getSelf(ctx), asked);
      return { kind: "empty" };
    },
  }),
  restRoute({
    method: "get",
    path: "/current/projects",
    tag: "Projects",
    summary: "List the projects you may open",
    query: z.object({}),
    answers: "json",
    async run({ platform, caller }) {
      const { projects } = await describeSelf(bindIdentity(platform, caller));
      const value = projects.map((project) => ({
        _id: project.name,
        connected: true,
        address: platform.addresses.consoleUrl,
        creationTime: project.createdAt.toISOString(),
      }));
      return { kind: "json", value };
    },
  }),
];
