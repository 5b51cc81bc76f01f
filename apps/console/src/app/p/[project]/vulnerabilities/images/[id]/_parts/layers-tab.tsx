import type { ImageDetail } from "@rampart/inventory/contract";
import { formatBytes, formatCount } from "@rampart/ui/core/format";
import { Digest } from "@rampart/ui/digest";
import { EmptyState } from "@rampart/ui/empty-state";
import Link from "next/link";

/** Layers from the base upwards, each leading to what it brought. */
export function LayersTab({ image, path }: Readonly<{ image: ImageDetail; path: string }>) {
  if (image.layers.length === 0) return <EmptyState title="The layers are not known before the inspection" />;
  return (
    <ol className="divide-y rounded-lg border bg-surface" aria-label="Layers">
      {image.layers.map((layer, index) => (
        <li key={layer.digest + index} className="flex items-start gap-4 px-4 py-2 text-sm">
          <span className="w-6 pt-0.5 text-right text-ink-subtle">{index}</span>
          <div className="min-w-0 flex-1">
            <p className="font-mono text-xs leading-5 break-all">{layer.createdBy ?? "no instruction recorded"}</p>
            <Digest value={layer.digest} />
          </div>
          <Link href={`${path}?q=layer:${index}`} className="shrink-0 text-accent hover:underline">
            findings
          </Link>
          <Link
            href={`${path}?tab=packages&q=layer:${index}`}
            className="w-24 shrink-0 text-right text-accent hover:underline"
          >
            {formatCount(layer.packageCount)} packages
          </Link>
          <span className="w-20 shrink-0 text-right text-ink-muted">{formatBytes(layer.sizeBytes)}</span>
        </li>
      ))}
    </ol>
  );
}
