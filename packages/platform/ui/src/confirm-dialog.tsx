"use client";

import { type ReactNode, useId, useState } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { Input } from "./input.tsx";

type ConfirmDialogProps = Readonly<{
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What will happen, said before it happens. */
  effect: ReactNode;
  /** The verb on the button. */
  verb: string;
  /** What must be typed when the effect cannot be undone, such as the name of what is removed. */
  typed?: string;
  onConfirm: () => Promise<void>;
}>;

export function ConfirmDialog({ open, onOpenChange, title, effect, verb, typed, onConfirm }: ConfirmDialogProps) {
  const id = useId();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const ready = !busy && (typed === undefined || text === typed);

  async function confirm() {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
      setText("");
    }
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={effect}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void confirm();
        }}
      >
        {typed !== undefined && (
          <label htmlFor={id} className="grid gap-1 text-sm">
            <span>
              Type <strong className="font-mono">{typed}</strong> to go on. This cannot be undone.
            </span>
            <Input id={id} value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
          </label>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" kind={typed === undefined ? "primary" : "danger"} disabled={!ready}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
