import type { ProjectView } from "../contract.ts";
import type { TenancyCtx } from "../ports.ts";

/** A project by id or slug; null when there is none. */
export async function findProject(ctx: TenancyCtx, idOrSlug: string): Promise<ProjectView | null> {
  // oxlint-disable-next-line rampart/verb-checks-permission -- identity decides who may open what is found
  return ctx.unit(({ projects }) => projects.find(idOrSlug));
}
