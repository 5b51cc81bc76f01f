import { syslogPorts, SyslogTransport } from "../contract.ts";

export type Destination = Readonly<{ transport: SyslogTransport; host: string; port: number }>;

const form = /^(udp|tcp|tls):\/\/(?:\[([^\]]+)\]|([^:/[\]]+))(?::(\d{1,5}))?\/?$/i;

/** Reads `tcp://host:514`, the form of the public API; null when it is something else. */
export function readDestination(text: string): Destination | null {
  const [, scheme = "", literal, name, port] = form.exec(text.trim()) ?? [];
  const transport = SyslogTransport.safeParse(scheme.toLowerCase());
  const host = literal ?? name;
  if (!transport.success || host === undefined) return null;
  const number = port === undefined ? syslogPorts[transport.data] : Number(port);
  return number >= 1 && number <= 65_535 ? { transport: transport.data, host, port: number } : null;
}
