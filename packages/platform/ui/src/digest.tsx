import { shortenDigest } from "./core/format.ts";
import { CopyButton } from "./copy-button.tsx";

/** The first twelve characters, the whole on hover and by copy. */
export function Digest({ value, what = "digest" }: Readonly<{ value: string; what?: string }>) {
  return (
    <span className="inline-flex items-center gap-0.5 font-mono text-xs" title={value}>
      {shortenDigest(value)}
      <CopyButton text={value} what={what} />
    </span>
  );
}
