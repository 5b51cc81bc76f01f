import type { FleetCtx } from "../ports.ts";

/** Names under which hosts can reach the gateway with a valid certificate. Empty until it has started once. */
export async function listGatewayNames(ctx: FleetCtx): Promise<readonly string[]> {
  ctx.require("fleet.read");
  const installed = await ctx.read(({ installation }) => installation.find());
  return installed?.gatewayNames ?? [];
}
