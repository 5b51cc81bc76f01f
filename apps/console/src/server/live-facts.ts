import { factChannel, parseFactNotice, type FactNotice } from "@rampart/database";
import { platform } from "./platform.ts";

type Listener = (notice: FactNotice) => void;

/** All open pages share one database connection that listens for facts. */
const shared = globalThis as typeof globalThis & { rampartLive?: { listeners: Set<Listener>; started: Promise<void> } };

async function start(listeners: Set<Listener>): Promise<void> {
  const { rpc } = await platform();
  await rpc.database.listen(factChannel, (payload) => {
    const notice = parseFactNotice(payload);
    if (notice !== null) for (const listener of listeners) listener(notice);
  });
}

/** Calls back for each fact of the installation until the returned function is called. */
export async function onFact(listener: Listener): Promise<() => void> {
  if (shared.rampartLive === undefined) {
    const listeners = new Set<Listener>();
    shared.rampartLive = { listeners, started: start(listeners) };
    shared.rampartLive.started.catch(() => delete shared.rampartLive);
  }
  const { listeners, started } = shared.rampartLive;
  await started;
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
