import type { CertificateRow } from "@rampart/fleet/contract";
import { EmptyState } from "@rampart/ui/empty-state";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord } from "@rampart/ui/status-word";

export function CertificateList({ certificates }: Readonly<{ certificates: readonly CertificateRow[] }>) {
  if (certificates.length === 0) return <EmptyState compact title="No certificate has been issued" />;
  return (
    <ul className="divide-y">
      {certificates.map((certificate) => (
        <li key={certificate.serial} className="flex min-h-(--row) flex-wrap items-center gap-x-4 px-4 py-1 text-sm">
          <span className="min-w-0 flex-1 truncate font-mono text-xs" title={certificate.serial}>
            {certificate.serial}
          </span>
          <span className="text-ink-muted">
            issued <RelativeTime at={certificate.issuedAt} />
          </span>
          {certificate.revokedAt === null ? (
            <span className="text-ink-muted">
              ends <RelativeTime at={certificate.expiresAt} />
            </span>
          ) : (
            <StatusWord word="revoked" tone="bad" />
          )}
        </li>
      ))}
    </ul>
  );
}
