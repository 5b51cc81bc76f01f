"use client";

import { X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { Button } from "./button.tsx";

export type Toast = Readonly<{
  text: string;
  tone?: "plain" | "bad";
  /** Offered where the change can be taken back. */
  undo?: () => void;
}>;

type Shown = Toast & Readonly<{ key: number }>;

const shownMax = 3;
const shownForMs = 6000;

let shown: readonly Shown[] = [];
let nextKey = 0;
const listeners = new Set<() => void>();

function replaceShown(next: readonly Shown[]) {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says what just happened at the bottom right. The oldest leaves when there are too many. */
export function showToast(toast: Toast): void {
  nextKey += 1;
  replaceShown([...shown, { ...toast, key: nextKey }].slice(-shownMax));
}

function dismiss(key: number) {
  replaceShown(shown.filter((toast) => toast.key !== key));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const none: readonly Shown[] = [];

/** Stands once in the frame; the region exists before the first toast so that screen readers announce it. */
export function Toasts() {
  const toasts = useSyncExternalStore(
    subscribe,
    () => shown,
    () => none,
  );
  return (
    <div
      role="status"
      aria-live="polite"
      className="fixed right-4 bottom-4 z-50 grid w-80 max-w-[calc(100vw-2rem)] gap-2"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.key} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: Readonly<{ toast: Shown }>) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(toast.key), shownForMs);
    return () => clearTimeout(timer);
  }, [toast.key]);

  return (
    <div className="flex animate-appear items-center gap-2 rounded-md border bg-raised py-2 pr-1 pl-3 text-sm shadow-pop">
      <p className="min-w-0 flex-1">
        {toast.tone === "bad" && (
          <span aria-hidden className="text-bad">
            ◆{" "}
          </span>
        )}
        {toast.text}
      </p>
      {toast.undo !== undefined && (
        <Button
          kind="quiet"
          size="sm"
          onClick={() => {
            toast.undo?.();
            dismiss(toast.key);
          }}
        >
          Undo
        </Button>
      )}
      <Button kind="quiet" size="icon" aria-label="Dismiss" onClick={() => dismiss(toast.key)}>
        <X aria-hidden />
      </Button>
    </div>
  );
}
