import { canIssueUntil, certificateTerm, lifetimeDays, type Term } from "../core/certificate-term.ts";
import type { Authority, IssuingFleetCtx } from "../ports.ts";

/** The project's CA that can sign for the whole term; made when the project has none that lives long enough. */
export async function currentAuthority(ctx: IssuingFleetCtx, term: Term): Promise<Authority> {
  ctx.require("fleet.write");
  const present = await ctx.read(({ authorities }) => authorities.current());
  if (present !== null && canIssueUntil(present.expiresAt, term.notAfter)) return present;
  const now = ctx.clock.now();
  const authority = await ctx.issuer.newAuthority({
    id: ctx.ids.next(),
    projectId: ctx.scope.projectId,
    term: certificateTerm(now, lifetimeDays.project),
  });
  return ctx.unit(async ({ authorities, audit }) => {
    const counting = await authorities.insert(authority, now);
    if (counting.id === authority.id) {
      const after = { certificate: authority.certificate, expiresAt: authority.expiresAt.toISOString() };
      await audit.record("fleet.authority.created", { subject: authority.id, after });
    }
    return counting;
  });
}
