import type { ImageDetail } from "@rampart/inventory/contract";
import { EmptyState } from "@rampart/ui/empty-state";
import { secretWords } from "../../../../_lists/secret-words.ts";

type Secret = ImageDetail["secrets"][number];

/** Keys and logins that whoever has the image has too, by place. The secrets themselves are never stored. */
export function SecretsTab({ image }: Readonly<{ image: ImageDetail }>) {
  if (image.scannedAt === null) return <EmptyState title="Secrets are not known before the inspection" />;
  if (image.secrets.length === 0) return <EmptyState title="No keys, tokens or logins were found in its files" />;
  return (
    <ul aria-label="Secrets" className="divide-y rounded-lg border bg-surface">
      {image.secrets.map((secret) => (
        <li key={`${secret.layer} ${secret.path} ${secret.kind} ${secret.line}`} className="px-4 py-2 text-sm">
          <div className="flex items-baseline gap-4">
            <span className="w-40 shrink-0 font-medium">{secretWords(secret.kind)}</span>
            <span className="min-w-0 flex-1 font-mono text-xs break-all">
              {secret.path}:{secret.line}
            </span>
            <span className="shrink-0 text-ink-muted">{secret.hint}</span>
          </div>
          <p className="pl-44 text-xs text-ink-subtle">{originOf(secret, image.layers)}</p>
        </li>
      ))}
    </ul>
  );
}

function originOf({ layer, isHidden }: Secret, layers: ImageDetail["layers"]): string {
  if (layer === undefined) return "";
  const made = layers[layer]?.createdBy;
  const brought = `Layer ${layer}${made === undefined ? "" : `: ${made}`}`;
  return isHidden === true ? `${brought} (a later layer hides it, but the image still hands it out)` : brought;
}
