"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { classNames } from "./core/class-names.ts";

const confirmationMs = 1500;

/** Copies `text`. `what` names it for screen readers: "Copy digest". */
export function CopyButton({ text, what, className }: Readonly<{ text: string; what: string; className?: string }>) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), confirmationMs);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <button
      type="button"
      aria-label={copied ? "Copied" : `Copy ${what}`}
      title={copied ? "Copied" : `Copy ${what}`}
      className={classNames(
        "grid size-6 place-items-center rounded-sm text-ink-subtle hover:bg-hover hover:text-ink",
        className,
      )}
      onClick={(event) => {
        event.stopPropagation();
        event.preventDefault();
        void navigator.clipboard.writeText(text).then(() => setCopied(true));
      }}
    >
      {copied ? <Check aria-hidden className="size-3.5 text-good" /> : <Copy aria-hidden className="size-3.5" />}
    </button>
  );
}
