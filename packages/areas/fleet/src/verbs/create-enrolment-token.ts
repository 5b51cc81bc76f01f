import { Refusal } from "@rampart/kernel";
import type { CreateEnrolmentToken, EnrolmentTokenView } from "../contract.ts";
import { enrolmentCommand, gatewayUnder } from "../core/enrolment-command.ts";
import type { FleetCtx } from "../ports.ts";

const minuteMs = 60_000;

/** Permits one host to enrol. The token is shown now and never again: only its hash is kept. */
export async function createEnrolmentToken(ctx: FleetCtx, asked: CreateEnrolmentToken): Promise<EnrolmentTokenView> {
  ctx.require("fleet.write");
  const gateway = chooseGateway(ctx.gatewayUrl, asked.gatewayName);
  const id = ctx.ids.next();
  const token = ctx.mint.newToken();
  const createdAt = ctx.clock.now();
  const expiresAt = new Date(createdAt.getTime() + asked.lifetimeMinutes * minuteMs);
  const pin = await ctx.unit(async ({ installation, tokens, audit }) => {
    const installed = await installation.find();
    if (installed === null) throw notReady();
    await tokens.insert({ id, hash: ctx.mint.hashToken(token), createdBy: ctx.caller.name, createdAt, expiresAt });
    await audit.record("fleet.enrolment-token.created", { subject: id, after: { expiresAt: expiresAt.toISOString() } });
    return installed.pin;
  });
  const command = enrolmentCommand({ gateway, token, pin });
  return { id, token, command, gateway, pin, expiresAt: expiresAt.toISOString() };
}

function chooseGateway(gatewayUrl: string, name: string | undefined): string {
  if (name === undefined) return gatewayUrl;
  const gateway = gatewayUnder(gatewayUrl, name);
  if (gateway !== null) return gateway;
  throw new Refusal("invalid", "fleet.gateway-name.invalid", `"${name}" is neither a host name nor an address.`);
}

function notReady(): Refusal {
  const message = "The gateway has not started yet, so there is nothing to enrol with. Start it and try again.";
  return new Refusal("precondition", "fleet.gateway.never-started", message);
}
