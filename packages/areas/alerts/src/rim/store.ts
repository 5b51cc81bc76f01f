import type { Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { Sealer } from "@rampart/secrets";
import type { AlertStores } from "../ports.ts";
import { channelStore } from "./store/channels.ts";
import { deliveryStore } from "./store/deliveries.ts";
import { heardStore } from "./store/heard.ts";
import { labelStore } from "./store/labels.ts";
import { profileStore } from "./store/profiles.ts";

export function alertStores(tx: Tx, scope: ProjectScope, sealer: Sealer): AlertStores {
  return {
    channels: channelStore(tx, scope, sealer),
    profiles: profileStore(tx, scope),
    labels: labelStore(tx, scope),
    heard: heardStore(tx, scope),
    deliveries: deliveryStore(tx, scope),
  };
}
