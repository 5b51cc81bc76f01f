import type { CertificateIssued, DefenderControlFrame, GatewayControlFrame, Welcome } from "@rampart/protocol";
import { newId } from "../host/new-id.ts";
import type { Log } from "../log.ts";
import type { Identity } from "./identity.ts";
import { makeKeyAndRequest } from "./make-request.ts";

/** An unanswered or refused request is repeated after this long. */
const retryMs = 10 * 60_000;
/** Longest delay that a timer can hold. */
const timerMaxMs = 2 ** 31 - 1;

type Say = (frame: DefenderControlFrame) => void;
type RequestRefused = Extract<GatewayControlFrame, { type: "request.refused" }>;

export type Renewal = Readonly<{
  begin(say: Say, certificate: Welcome["certificate"]): void;
  renewNow(): Promise<void>;
  take(issued: CertificateIssued): Promise<void>;
  refuse(refused: RequestRefused): void;
  end(): void;
}>;

/**
 * Replaces key and certificate before the certificate expires. The new key is used only when its certificate has
 * arrived and both are on disk; until then the old ones stay.
 */
export function certificateRenewal(
  current: () => Identity,
  adopt: (identity: Identity) => Promise<void>,
  log: Log,
): Renewal {
  let say: Say = () => undefined;
  let asked: { requestId: string; key: string } | null = null;
  let timer: NodeJS.Timeout | undefined;

  function renewIn(delayMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        if (delayMs > timerMaxMs) renewIn(delayMs - timerMaxMs);
        else renewNow().catch((error: unknown) => log.error({ error }, "the certificate could not be renewed"));
      },
      Math.min(delayMs, timerMaxMs),
    );
  }

  async function renewNow(): Promise<void> {
    const { key, csr } = await makeKeyAndRequest();
    asked = { requestId: newId(), key };
    say({ type: "certificate.renew", requestId: asked.requestId, csr });
    renewIn(retryMs);
  }

  return {
    begin(sayNow, { renewAfter }) {
      say = sayNow;
      renewIn(Math.max(Date.parse(renewAfter) - Date.now(), 0));
    },
    renewNow,
    async take({ requestId, certificate, chain, expiresAt, renewAfter }) {
      if (asked?.requestId !== requestId) return;
      const { key } = asked;
      asked = null;
      await adopt({ defenderId: current().defenderId, key, certificate, chain, expiresAt, renewAfter });
      log.info({ expiresAt }, "certificate renewed");
    },
    refuse({ requestId, message }) {
      if (asked?.requestId !== requestId) return;
      asked = null;
      log.warn({ reason: message }, "the gateway refused to renew the certificate");
    },
    end() {
      clearTimeout(timer);
      asked = null;
      say = () => undefined;
    },
  };
}
