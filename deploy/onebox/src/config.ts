import { isIP } from "node:net";
import path from "node:path";
import { DatabaseUrl, Port, readConfig, RedisUrl } from "@rampart/config";
import { z } from "zod";

/** Variables of the machine, not of Rampart, that the parts need like any program. */
const passedOn = [
  "PATH",
  "HOME",
  "LANG",
  "TZ",
  "TMPDIR",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
];
const usernameMax = 128;
const passwordMin = 12;
const passwordMax = 256;

const Address = z.string().refine((text) => isIP(text) !== 0 || text === "localhost", {
  error: "must be an IP address such as 127.0.0.1, 0.0.0.0 or ::",
});

/** Where people or Defenders find this installation, when that is not the address it listens on. */
const PublicUrl = (example: string) =>
  z
    .url({ protocol: /^https$/, error: `must be an address such as ${example}` })
    .transform((url) => new URL(url).origin);

const Env = z
  .object({
    RAMPART_DATA_DIR: z.string().max(4_096).default(".rampart"),
    RAMPART_BIND: Address.default("127.0.0.1"),
    RAMPART_CONSOLE_PORT: Port.default(8083),
    RAMPART_GATEWAY_PORT: Port.default(8084),
    RAMPART_CONSOLE_URL: PublicUrl("https://rampart.example.org").optional(),
    RAMPART_GATEWAY_URL: PublicUrl("https://rampart.example.org:8084").optional(),
    RAMPART_TLS_CERT: z.string().max(4_096).optional(),
    RAMPART_TLS_KEY: z.string().max(4_096).optional(),
    RAMPART_INTEL_DIR: z.string().max(4_096).optional(),
    RAMPART_CONTAINER_SOCKET: z.string().max(4_096).optional(),
    RAMPART_ADMIN_USERNAME: z.string().max(usernameMax, `must have at most ${usernameMax} characters`).optional(),
    RAMPART_ADMIN_PASSWORD: z
      .string()
      .min(passwordMin, `must have at least ${passwordMin} characters`)
      .max(passwordMax, `must have at most ${passwordMax} characters`)
      .optional(),
    RAMPART_LOG: z.enum(["text", "json"], { error: 'must be "text" or "json"' }).default("text"),
    DATABASE_URL: DatabaseUrl.optional(),
    REDIS_URL: RedisUrl.optional(),
  })
  .superRefine((env, context) => {
    needsBoth(env, "RAMPART_TLS_CERT", "RAMPART_TLS_KEY", context);
    needsBoth(env, "RAMPART_ADMIN_USERNAME", "RAMPART_ADMIN_PASSWORD", context);
    if (env.RAMPART_CONSOLE_PORT === env.RAMPART_GATEWAY_PORT) {
      context.addIssue({
        code: "custom",
        path: ["RAMPART_GATEWAY_PORT"],
        message: `is ${env.RAMPART_GATEWAY_PORT}, the same as RAMPART_CONSOLE_PORT; choose another port for one of them`,
      });
    }
  });
type Env = z.infer<typeof Env>;

/** Every variable that Onebox reads, with its default; undefined where there is none. */
export const oneboxVariables: ReadonlyMap<string, string | undefined> = new Map(
  Object.keys(Env.shape).map((name) => [name, defaultOf(name)]),
);

function defaultOf(name: string): string | undefined {
  const defaults: Readonly<Record<string, string | number | undefined>> = Env.parse({});
  return defaults[name]?.toString();
}

/** Where the Console's certificate comes from. Plain HTTP exists on loopback only. */
export type ConsoleTls =
  | Readonly<{ kind: "none" }>
  | Readonly<{ kind: "given"; certificate: string; key: string }>
  | Readonly<{ kind: "own-authority" }>;

export type OneboxConfig = Readonly<{
  dataDir: string;
  bind: string;
  /** `url`: what people type, when a reverse proxy stands in front. */
  console: { port: number; tls: ConsoleTls; url: string | null };
  /** `url`: what Defenders on other hosts are told, when it is another name or port than this machine's. */
  gateway: { port: number; url: string | null };
  /** Folder of advisory files, imported when they change. */
  intelDir: string | null;
  containerSocket: string | null;
  firstAdmin: { username: string; password: string } | null;
  /** Owner of an outside database; null starts the embedded one. */
  databaseUrl: string | null;
  redisUrl: string | null;
  log: "text" | "json";
  /** What the machine says to all programs, handed on to the parts. */
  passedOn: Readonly<Record<string, string>>;
}>;

export function readOneboxConfig(env: Readonly<Record<string, string | undefined>>, workingDir: string): OneboxConfig {
  const parsed = readConfig("Rampart", Env, env);
  const inWorkingDir = (given: string | undefined) => (given === undefined ? null : path.resolve(workingDir, given));
  return {
    dataDir: path.resolve(workingDir, parsed.RAMPART_DATA_DIR),
    bind: parsed.RAMPART_BIND,
    console: {
      port: parsed.RAMPART_CONSOLE_PORT,
      tls: chooseTls(parsed, workingDir),
      url: parsed.RAMPART_CONSOLE_URL ?? null,
    },
    gateway: { port: parsed.RAMPART_GATEWAY_PORT, url: parsed.RAMPART_GATEWAY_URL ?? null },
    intelDir: inWorkingDir(parsed.RAMPART_INTEL_DIR),
    containerSocket: inWorkingDir(parsed.RAMPART_CONTAINER_SOCKET?.replace(/^unix:\/\//, "")),
    firstAdmin:
      parsed.RAMPART_ADMIN_USERNAME === undefined || parsed.RAMPART_ADMIN_PASSWORD === undefined
        ? null
        : { username: parsed.RAMPART_ADMIN_USERNAME, password: parsed.RAMPART_ADMIN_PASSWORD },
    databaseUrl: parsed.DATABASE_URL ?? null,
    redisUrl: parsed.REDIS_URL ?? null,
    log: parsed.RAMPART_LOG,
    passedOn: Object.fromEntries(passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
  };
}

export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || address.startsWith("127.");
}

function chooseTls(env: Env, workingDir: string): ConsoleTls {
  if (env.RAMPART_TLS_CERT !== undefined && env.RAMPART_TLS_KEY !== undefined) {
    const certificate = path.resolve(workingDir, env.RAMPART_TLS_CERT);
    return { kind: "given", certificate, key: path.resolve(workingDir, env.RAMPART_TLS_KEY) };
  }
  return isLoopback(env.RAMPART_BIND) ? { kind: "none" } : { kind: "own-authority" };
}

function needsBoth(env: Env, first: keyof Env, second: keyof Env, context: z.RefinementCtx): void {
  if ((env[first] === undefined) === (env[second] === undefined)) return;
  const [missing, present] = env[first] === undefined ? [first, second] : [second, first];
  context.addIssue({
    code: "custom",
    path: [missing],
    message: `is needed because ${present} is set; set both or neither`,
  });
}
