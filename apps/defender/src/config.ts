import { readConfig, type Environment } from "@rampart/config";
import { EnrolmentToken, Pin } from "@rampart/protocol";
import { z } from "zod";
import { levels, type Level } from "./log.ts";

const mib = 1024 * 1024;
const AbsolutePath = z.string().max(4_096).startsWith("/", "must be an absolute path");

const Env = z.object({
  RAMPART_GATEWAY_URL: z
    .url({ protocol: /^(https|wss)$/, error: "must be a URL such as https://console.example:8084" })
    .transform((url) => url.replace(/^wss:/, "https:")),
  RAMPART_ENROL_TOKEN: EnrolmentToken.optional(),
  RAMPART_GATEWAY_PIN: Pin.optional(),
  RAMPART_DEFENDER_DIR: AbsolutePath.default("/var/lib/rampart-defender"),
  RAMPART_CONTAINER_SOCKET: AbsolutePath.optional(),
  RAMPART_HOST_ROOT: AbsolutePath.default("/"),
  RAMPART_SPOOL_MB: z.coerce
    .number()
    .int()
    .min(16)
    .max(1_024 * 1_024)
    .default(256),
  RAMPART_LOG_LEVEL: z.enum(levels).default("info"),
});

export type DefenderConfig = Readonly<{
  gatewayUrl: string;
  /** Single-use; needed only until the host is enrolled. */
  enrolment: Readonly<{ token: string; pin: string }> | null;
  /** Key, certificate, spool and caches; nobody else may read it. */
  folder: string;
  /** Undefined: look in the usual places. */
  containerSocket: string | undefined;
  /** The file system to inspect as "this host"; another folder when the Defender runs in a container. */
  hostRoot: string;
  spoolBytesMax: number;
  logLevel: Level;
}>;

export function readDefenderConfig(env: Environment): DefenderConfig {
  const parsed = readConfig("The Defender", Env, env);
  const { RAMPART_ENROL_TOKEN: token, RAMPART_GATEWAY_PIN: pin } = parsed;
  return {
    gatewayUrl: parsed.RAMPART_GATEWAY_URL,
    enrolment: token === undefined || pin === undefined ? null : { token, pin },
    folder: parsed.RAMPART_DEFENDER_DIR,
    containerSocket: parsed.RAMPART_CONTAINER_SOCKET,
    hostRoot: parsed.RAMPART_HOST_ROOT,
    spoolBytesMax: parsed.RAMPART_SPOOL_MB * mib,
    logLevel: parsed.RAMPART_LOG_LEVEL,
  };
}
