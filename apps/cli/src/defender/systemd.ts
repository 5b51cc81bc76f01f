/** What the Defender of this host is told. */
export type DefenderSettings = Readonly<{
  gateway: string;
  token: string;
  pin: string;
  folder: string;
  /** Socket of the container engine; the Defender finds it by itself when absent. */
  socket?: string;
}>;

/** The Defender's environment. Values are quoted, so that nothing in them can add a line. */
export function environmentFile(options: DefenderSettings): string {
  const values = {
    RAMPART_GATEWAY_URL: options.gateway,
    RAMPART_ENROL_TOKEN: options.token,
    RAMPART_GATEWAY_PIN: options.pin,
    RAMPART_DEFENDER_DIR: options.folder,
    ...(options.socket !== undefined && { RAMPART_CONTAINER_SOCKET: options.socket }),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join("");
}

function quoted(value: string): string {
  return `"${value
    .replaceAll(/[\r\n]/g, "")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')}"`;
}

/** A service that is restarted when it fails and is not the first victim when memory runs out. */
export function unitFile(paths: { programFolder: string; environmentPath: string; stateFolder: string }): string {
  return `[Unit]
Description=Rampart Defender
After=network-online.target docker.service podman.socket
Wants=network-online.target

[Service]
EnvironmentFile=${paths.environmentPath}
ExecStart=${paths.programFolder}/node --max-semi-space-size=1 --optimize-for-size ${paths.programFolder}/defender.cjs
Restart=always
RestartSec=5
MemoryMax=512M
NoNewPrivileges=yes
ProtectHome=read-only
ReadWritePaths=${paths.stateFolder}
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
`;
}
