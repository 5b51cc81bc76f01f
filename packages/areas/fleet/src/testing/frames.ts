import type { Hello, Heartbeat } from "@rampart/protocol/contract";

export const epoch = "01890000-0000-7000-8000-00000000000a";

export function hello(changes: Partial<Hello> = {}): Hello {
  return {
    type: "hello",
    protocolVersions: [1],
    defenderVersion: "0.1.0",
    hostname: "web-1",
    epoch,
    startedAt: "2026-01-05T10:00:00.000Z",
    os: { id: "debian", versionId: "12", name: "Debian GNU/Linux 12" },
    kernel: "6.1.0",
    architecture: "x64",
    cpuCount: 2,
    memoryBytes: 4_000_000_000,
    engine: { kind: "docker", version: "28.0.0" },
    policyHash: null,
    features: [],
    ...changes,
  };
}

export function heartbeat(changes: Partial<Heartbeat> = {}): Heartbeat {
  return {
    type: "heartbeat",
    beat: 1,
    spool: { frames: 0, bytes: 0, droppedFrames: 0 },
    memoryBytes: 60_000_000,
    containers: 3,
    images: 2,
    duties: [],
    ...changes,
  };
}
