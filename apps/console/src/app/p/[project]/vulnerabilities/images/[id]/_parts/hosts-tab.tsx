import type { ImageDetail } from "@rampart/inventory/contract";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { RelativeTime } from "@rampart/ui/relative-time";
import Link from "next/link";

export function HostsTab({ image, base }: Readonly<{ image: ImageDetail; base: string }>) {
  if (image.hosts.length === 0) return <EmptyState title="No host has this image any more" />;
  return (
    <>
      <ul aria-label="Hosts" className="divide-y rounded-lg border bg-surface">
        {image.hosts.map((host) => (
          <li key={host.id} className="flex h-(--row) items-center gap-4 px-4 text-sm">
            <Link
              href={`${base}/vulnerabilities/hosts/${host.id}`}
              className="font-medium hover:text-accent hover:underline"
            >
              {host.hostname}
            </Link>
            <span className="text-ink-muted">{formatCounted(host.containerCount, "container")}</span>
            <span className="ml-auto text-ink-subtle">
              <RelativeTime at={host.lastSeenAt} />
            </span>
          </li>
        ))}
      </ul>
      {image.hostCount > image.hosts.length && (
        <p className="text-sm text-ink-muted">
          {image.hosts.length} of {formatCounted(image.hostCount, "host")} are listed.
        </p>
      )}
    </>
  );
}
