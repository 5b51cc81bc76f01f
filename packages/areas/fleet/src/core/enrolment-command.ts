export type Invitation = Readonly<{ gateway: string; token: string; pin: string }>;

/** What a person runs as root on the host. Every part is made of characters that no shell interprets. */
export function enrolmentCommand({ gateway, token, pin }: Invitation): string {
  return `rampart defender install --gateway ${gateway} --token ${token} --pin ${pin}`;
}

const hostName = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;
const ipv6 = /^[0-9a-fA-F:]{2,45}$/;

/** The gateway's address under another of its names; null when the name is none. */
export function gatewayUnder(gatewayUrl: string, name: string): string | null {
  const port = /:(\d+)\/?$/.exec(gatewayUrl)?.[1] ?? "443";
  if (ipv6.test(name) && name.includes(":")) return `https://[${name}]:${port}`;
  return hostName.test(name) ? `https://${name}:${port}` : null;
}
