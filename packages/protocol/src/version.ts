/** Versions of the frame protocol that this package speaks, best first. */
export const protocolVersions = [1] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

/** The websocket subprotocol that both lanes ask for; it changes only when the framing itself does. */
export const subprotocol = "rampart.v1";

/** Where the lanes live on the gateway. Heartbeats have a socket of their own, so that reports cannot delay them. */
export const lanePaths = { control: "/control", bulk: "/bulk" } as const;
export type LaneName = keyof typeof lanePaths;

/** The best version that both sides speak, or null when they have none in common. */
export function agreeVersion(offered: readonly number[]): ProtocolVersion | null {
  return protocolVersions.find((version) => offered.includes(version)) ?? null;
}
