import type { ContainerPort } from "@rampart/inventory/contract";

/** "0.0.0.0:8080→80/tcp" when published, "80/tcp" when only exposed. */
export function formatPort({ hostIp, hostPort, containerPort, protocol }: ContainerPort): string {
  const inside = `${containerPort}/${protocol}`;
  if (hostPort === undefined) return inside;
  const address = hostIp === undefined || hostIp === "" ? "" : `${hostIp.includes(":") ? `[${hostIp}]` : hostIp}:`;
  return `${address}${hostPort}→${inside}`;
}
