import type { ContainerChanges } from "@rampart/inventory/contract";
import { EmptyState } from "@rampart/ui/empty-state";
import { secretWords } from "../../../../_lists/secret-words.ts";

/** Keys and logins that were written after the start, by place. The secrets themselves are never stored. */
export function WrittenSecrets({ secrets }: Pick<ContainerChanges, "secrets">) {
  if (secrets.length === 0) return <EmptyState title="No keys, tokens or logins were written since its start" />;
  return (
    <ul aria-label="Secrets" className="divide-y rounded-lg border bg-surface">
      {secrets.map(({ kind, path, line, hint }) => (
        <li key={`${kind} ${path} ${line} ${hint}`} className="flex items-baseline gap-4 px-4 py-2 text-sm">
          <span className="w-40 shrink-0 font-medium">{secretWords(kind)}</span>
          <span className="min-w-0 flex-1 font-mono text-xs break-all">
            {path}:{line}
          </span>
          <span className="shrink-0 text-ink-muted">{hint}</span>
        </li>
      ))}
    </ul>
  );
}
