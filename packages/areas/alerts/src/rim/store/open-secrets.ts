import type { Sealer } from "@rampart/secrets";
import { ChannelSecrets } from "../../contract.ts";

/** What a channel keeps sealed. */
export function openSecrets(sealer: Sealer, sealed: string | null): ChannelSecrets {
  if (sealed === null) return {};
  return ChannelSecrets.parse(JSON.parse(new TextDecoder().decode(sealer.open(sealed))));
}
