import type { Hello } from "@rampart/protocol/contract";
import { factTypes } from "../contract.ts";
import { leaseMs } from "../core/lease.ts";
import type { FleetCtx } from "../ports.ts";
import { defenderNotFound } from "./get-defender.ts";

export type ConnectDefender = Readonly<{
  defenderId: string;
  connectionId: string;
  gatewayId: string;
  remoteAddress: string | null;
  hello: Hello;
}>;

/** Records what a Defender said of itself when it connected, and takes its lease over for this connection. */
export async function connectDefender(ctx: FleetCtx, { hello, ...connection }: ConnectDefender): Promise<void> {
  ctx.require("fleet.write");
  const at = ctx.clock.now();
  const { defenderId } = connection;
  // oxlint-disable-next-line rampart/write-verb-audits -- a connection is told by a fact; the audit is for what people decide
  await ctx.unit(async ({ defenders, leases, facts }) => {
    const defender = await defenders.findForUpdate(defenderId);
    if (defender === null || defender.retiredAt !== null) throw defenderNotFound(defenderId);
    await defenders.saveHello(defenderId, hello);
    await leases.take({ ...connection, at, until: new Date(at.getTime() + leaseMs) });
    for (const { hostname } of await defenders.announceConnected([defenderId], at)) {
      await facts.append({ type: factTypes.connected, payload: { defenderId, hostname } });
    }
  });
}
