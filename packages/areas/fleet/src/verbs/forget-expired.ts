import type { FleetCtx } from "../ports.ts";

const dayMs = 24 * 60 * 60_000;
/** How long what has ended stays visible, in days. */
export const keptDays = { tokens: 7, certificates: 30, parkedReports: 7 } as const;

export type Forgotten = Readonly<{ tokens: number; certificates: number; reports: number }>;

/** Removes what ended long ago: spent tokens, expired certificates, reports that could never be applied. */
export async function forgetExpired(ctx: FleetCtx): Promise<Forgotten> {
  ctx.require("fleet.write");
  const daysAgo = (days: number) => new Date(ctx.clock.now().getTime() - days * dayMs);
  return ctx.unit(async ({ tokens, certificates, frames, audit }) => {
    const parked = await frames.removeParked(daysAgo(keptDays.parkedReports));
    for (const { hostname, ...report } of parked) {
      const reason = "applying it failed every time";
      await audit.record("fleet.report.refused", { subject: hostname, after: { ...report, reason } });
    }
    return {
      reports: parked.length,
      tokens: await tokens.deleteOlder(daysAgo(keptDays.tokens)),
      certificates: await certificates.deleteExpired(daysAgo(keptDays.certificates)),
    };
  });
}
