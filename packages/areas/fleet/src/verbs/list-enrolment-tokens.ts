import type { Page } from "@rampart/kernel";
import type { EnrolmentTokenRow, ListEnrolmentTokens } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";

export async function listEnrolmentTokens(ctx: FleetCtx, page: ListEnrolmentTokens): Promise<Page<EnrolmentTokenRow>> {
  ctx.require("fleet.read");
  return ctx.read(({ tokens }) => tokens.list(page, ctx.clock.now()));
}
