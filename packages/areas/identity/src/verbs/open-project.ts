import { centralProjectId, Refusal } from "@rampart/kernel";
import { findProject, listProjects, type ProjectView } from "@rampart/tenancy";
import type { UserView } from "../contract.ts";
import type { IdentityCtx } from "../ports.ts";

/** The project a user asked for by id, slug or name. One that belongs to another tenant is "not found". */
export async function openProject(ctx: IdentityCtx, user: UserView, asked: string): Promise<ProjectView> {
  const project = await findProject(ctx.tenancy, asked);
  if (project !== null && mayOpen(user, project)) return project;
  throw new Refusal("not-found", "tenancy.project.not-found", `There is no project "${asked}".`);
}

/** The projects a user may open. */
export async function listOwnProjects(ctx: IdentityCtx, user: UserView): Promise<readonly ProjectView[]> {
  return listProjects(ctx.tenancy, user.tenantId);
}

/** The project of somebody who names none: the installation's own for central admins, else the first of the tenant. */
export async function openDefaultProject(ctx: IdentityCtx, user: UserView): Promise<ProjectView> {
  if (user.tenantId === null) return openProject(ctx, user, centralProjectId);
  const [first] = await listOwnProjects(ctx, user);
  if (first !== undefined) return first;
  throw new Refusal(
    "not-found",
    "tenancy.project.none",
    "Your tenant has no project yet; a central admin can make one.",
  );
}

function mayOpen(user: UserView, project: ProjectView): boolean {
  return user.tenantId === null || user.tenantId === project.tenantId;
}
