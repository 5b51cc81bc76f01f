import { Defect, invariant, type ProjectScope } from "@rampart/kernel";
import type { PrismaClient } from "./generated/client.ts";

/** Models without a project. Anything not named here is scoped, so a new model is scoped by default. */
const sharedModels: ReadonlySet<string> = new Set([
  "TenancyTenant",
  "TenancyProject",
  "IdentityUser",
  "IdentitySession",
  "IdentitySetting",
  "VulnerabilitiesAdvisory",
  "VulnerabilitiesAffected",
  "VulnerabilitiesCve",
  "VulnerabilitiesSource",
]);

type Args = { where?: object; data?: object | object[]; create?: object; update?: object };

/** How each Prisma operation is kept inside the project; an operation without a rule is a Defect, not a leak. */
function pin(operation: string, args: Args, projectId: string): Args {
  const within = { ...args.where, projectId };
  const owned = (row?: object) => ({ ...row, projectId });
  switch (operation) {
    case "create":
      return { ...args, data: owned(args.data) };
    case "createMany":
    case "createManyAndReturn":
      return { ...args, data: [args.data ?? []].flat().map(owned) };
    case "upsert":
      return { ...args, where: within, create: owned(args.create), update: notMoved(args.update) };
    case "update":
    case "updateMany":
    case "updateManyAndReturn":
      return { ...args, where: within, data: notMoved(args.data) };
    case "findUnique":
    case "findUniqueOrThrow":
    case "findFirst":
    case "findFirstOrThrow":
    case "findMany":
    case "delete":
    case "deleteMany":
    case "count":
    case "aggregate":
    case "groupBy":
      return { ...args, where: within };
    default:
      throw new Defect(`no scoping rule for the Prisma operation "${operation}"`);
  }
}

function notMoved(row: object = {}): object {
  invariant(!("projectId" in row), "a row never changes its project");
  return row;
}

/** The first belt: a client that adds the project to every query. Row-level security is the second. */
export function forProject(prisma: PrismaClient, scope: ProjectScope) {
  return prisma.$extends({
    name: "project-scope",
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          if (sharedModels.has(model)) return query(args);
          // Prisma types the arguments per model and operation; `pin` keeps their shape and only adds the project.
          return query(pin(operation, args as Args, scope.projectId) as typeof args);
        },
      },
    },
  });
}
