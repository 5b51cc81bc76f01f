import {
  decodeGatewayControl,
  encodeFrame,
  readPolicySnapshot,
  type DefenderControlFrame,
  type DefenderPolicy,
  type GatewayControlFrame,
  type Heartbeat,
  type Hello,
  type Nudge,
  type PolicySnapshot,
} from "@rampart/protocol";
import type { Log } from "../log.ts";
import type { LaneSocket } from "./lane-socket.ts";
import type { Renewal } from "./renewal.ts";

export type ControlSettings = Readonly<{
  log: Log;
  hello(): Promise<Hello>;
  heartbeat(beat: number): Heartbeat;
  /** Keeps a policy that was read and puts it in force. */
  applyPolicy(snapshot: PolicySnapshot, policy: DefenderPolicy): Promise<void>;
  renewal: Renewal;
  onNudge(work: Nudge["work"]): void;
}>;

export type ControlLane = Readonly<{ onText(text: string): void; begin(socket: LaneSocket): Promise<void> }>;

/**
 * Says who this host is and how it does, and hears what to do:
 *
 *   hello --> welcome --> [policy.snapshot] --> heartbeat …, policy.applied, certificate.renew
 */
export function controlLane(settings: ControlSettings): ControlLane {
  const { log, renewal } = settings;
  let socket: LaneSocket | null = null;
  let beat = 0;
  let timer: NodeJS.Timeout | undefined;

  function say(frame: DefenderControlFrame): void {
    // A socket that cannot send is about to end, and the next one begins from the front.
    socket?.send(encodeFrame(frame)).catch((error: unknown) => log.debug({ error }, "a control frame was not sent"));
  }

  function beatEvery(seconds: number): void {
    clearInterval(timer);
    const next = () => say(settings.heartbeat((beat += 1)));
    next();
    timer = setInterval(next, seconds * 1_000);
  }

  async function takePolicy(snapshot: PolicySnapshot): Promise<void> {
    const read = readPolicySnapshot(snapshot);
    const { hash } = snapshot;
    if (!read.ok) return say({ type: "policy.applied", hash, problem: read.reason });
    await settings.applyPolicy(snapshot, read.frame);
    if (timer !== undefined) beatEvery(read.frame.heartbeatSeconds);
    say({ type: "policy.applied", hash });
    log.info({ hash }, "policy in force");
  }

  async function take(frame: GatewayControlFrame): Promise<void> {
    switch (frame.type) {
      case "welcome":
        beatEvery(frame.heartbeatSeconds);
        return renewal.begin(say, frame.certificate);
      case "policy.snapshot":
        return takePolicy(frame);
      case "heartbeat.seen":
        return;
      case "nudge":
        if (frame.work === "renew-certificate") return renewal.renewNow();
        return settings.onNudge(frame.work);
      case "certificate.issued":
        return renewal.take(frame);
      case "request.refused":
        return renewal.refuse(frame);
    }
  }

  return {
    onText(text) {
      const decoded = decodeGatewayControl(text);
      if (!decoded.ok) return log.warn({ reason: decoded.reason }, "a frame of the gateway cannot be read");
      take(decoded.frame).catch((error: unknown) =>
        log.error({ error, type: decoded.frame.type }, "a frame could not be obeyed"),
      );
    },
    async begin(opened) {
      socket = opened;
      void opened.ended.then(() => {
        if (socket !== opened) return;
        socket = null;
        clearInterval(timer);
        timer = undefined;
        renewal.end();
      });
      await opened.send(encodeFrame(await settings.hello()));
    },
  };
}
