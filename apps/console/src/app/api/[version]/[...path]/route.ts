import { dispatchRest } from "@rampart/api/rest";
import { peerOf } from "#server/peer.ts";
import { platform } from "#server/platform.ts";
import { restAccess } from "#server/session.ts";

const loopback = /^(::ffff:)?127\.|^::1$/;

/** The public API, `/api/v1/…` and its older names. */
async function answer(request: Request): Promise<Response> {
  const { rpc, keys, config } = await platform();
  const sourceIp = peerOf(request.headers);
  return dispatchRest(request, {
    platform: rpc,
    tokenKey: keys.apiToken,
    // A Console that only this machine can reach may be set up by its API alone; any other needs the one-time token.
    setupTokenRequired: !loopback.test(config.listen.host),
    sourceIp,
    authenticate: restAccess,
  });
}

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
