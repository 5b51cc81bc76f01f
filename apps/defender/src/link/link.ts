import type { DefenderPolicy, Heartbeat, Hello, LaneName, Nudge } from "@rampart/protocol";
import type { Log } from "../log.ts";
import { bulkLane } from "./bulk-lane.ts";
import { controlLane } from "./control-lane.ts";
import { saveIdentity, toTls, type Identity } from "./identity.ts";
import { keepConnected } from "./keep-connected.ts";
import { openLaneSocket, type LaneSocket } from "./lane-socket.ts";
import { keepPolicy, type KeptPolicy } from "./policy-file.ts";
import { certificateRenewal } from "./renewal.ts";
import type { Spool } from "./spool/spool.ts";

export type LinkSettings = Readonly<{
  gatewayUrl: string;
  folder: string;
  identity: Identity;
  spool: Spool;
  policy: KeptPolicy;
  log: Log;
  hello(policyHash: string | null): Promise<Hello>;
  heartbeat(beat: number): Heartbeat;
  onPolicy(policy: DefenderPolicy): void;
  onNudge(work: Nudge["work"]): void;
  /** The gateway does not know this host any more. Answers with a new identity, if there is a way to get one. */
  enrolAgain(): Promise<Identity | null>;
}>;

/** Holds both lanes to the gateway until aborted. */
export async function holdLink(settings: LinkSettings, signal: AbortSignal): Promise<void> {
  const { gatewayUrl, folder, spool, log } = settings;
  let { identity } = settings;
  let policyHash = settings.policy.hash;
  const open = new Map<LaneName, LaneSocket>();

  async function adopt(next: Identity): Promise<void> {
    await saveIdentity(folder, next);
    identity = next;
    // Both lanes come back with the new certificate.
    for (const socket of open.values()) socket.close();
  }

  const control = controlLane({
    log,
    hello: () => settings.hello(policyHash),
    heartbeat: settings.heartbeat,
    async applyPolicy(snapshot, policy) {
      await keepPolicy(folder, snapshot);
      policyHash = snapshot.hash;
      settings.onPolicy(policy);
    },
    renewal: certificateRenewal(() => identity, adopt, log),
    onNudge: settings.onNudge,
  });
  const bulk = bulkLane(spool, log);

  const keep = (lane: LaneName, begin: (socket: LaneSocket) => Promise<void>, onText: (text: string) => void) =>
    keepConnected({
      lane,
      log,
      signal,
      async open() {
        const socket = await openLaneSocket({ gatewayUrl, lane, tls: toTls(identity) }, onText);
        open.set(lane, socket);
        void socket.ended.then(() => open.delete(lane));
        await begin(socket);
        return socket;
      },
      async onUnknown() {
        // One lane asks for both.
        const next = lane === "control" ? await settings.enrolAgain() : null;
        if (next !== null) await adopt(next);
      },
    });

  await Promise.all([keep("control", control.begin, control.onText), keep("bulk", bulk.begin, bulk.onText)]);
  bulk.end();
}
