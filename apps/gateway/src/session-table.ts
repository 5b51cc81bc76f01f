import { closeCodes, type LaneName } from "@rampart/protocol";
import type { Connection } from "./connection.ts";

export type SessionTable = Readonly<{
  /** Enters a socket; an older one of the same Defender and lane is closed as superseded. */
  enter(connection: Connection): void;
  leave(connection: Connection): void;
  find(lane: LaneName, defenderId: string): Connection | undefined;
  ofProject(lane: LaneName, projectId: string): readonly Connection[];
  all(): readonly Connection[];
  size(): number;
}>;

/** The sockets of this gateway: at most one per Defender and lane. */
export function openSessionTable(): SessionTable {
  const lanes: Readonly<Record<LaneName, Map<string, Connection>>> = { control: new Map(), bulk: new Map() };
  return {
    enter(connection) {
      const lane = lanes[connection.lane];
      const { defenderId } = connection.peer.defender;
      lane.get(defenderId)?.end(closeCodes.superseded, "a newer connection took over");
      lane.set(defenderId, connection);
    },
    leave(connection) {
      const lane = lanes[connection.lane];
      const { defenderId } = connection.peer.defender;
      if (lane.get(defenderId) === connection) lane.delete(defenderId);
    },
    find: (lane, defenderId) => lanes[lane].get(defenderId),
    ofProject: (lane, projectId) =>
      [...lanes[lane].values()].filter((connection) => connection.peer.scope.projectId === projectId),
    all: () => [...lanes.control.values(), ...lanes.bulk.values()],
    size: () => lanes.control.size + lanes.bulk.size,
  };
}
