import type { EnrolmentTokenRow } from "@rampart/fleet/contract";
import { Button } from "@rampart/ui/button";
import Link from "next/link";

type WaitingProps = Readonly<{ token: EnrolmentTokenRow; base: string }>;

/** Turns green when the host that used the token reports for the first time. */
export function Waiting({ token, base }: WaitingProps) {
  if (token.state === "open") {
    return (
      <p role="status" className="flex items-center gap-2.5 rounded-lg border bg-surface px-4 py-3 text-sm">
        <span aria-hidden className="size-2 animate-pulse-soft rounded-full bg-accent-fill" />
        Waiting for the host. You may leave this page; the Defender appears in the list by itself.
      </p>
    );
  }
  if (token.state === "used") {
    return (
      <div
        role="status"
        className="flex flex-wrap items-center gap-3 rounded-lg border bg-good-soft px-4 py-3 text-sm text-good"
      >
        <p>
          <span aria-hidden>● </span>
          {token.usedBy ?? "The host"} is enrolled. Its packages and images arrive within the next moments.
        </p>
        <Button asChild className="ml-auto">
          <Link href={`${base}/manage/defenders`}>See the Defenders</Link>
        </Button>
      </div>
    );
  }
  return (
    <p role="status" className="rounded-lg border bg-warn-soft px-4 py-3 text-sm text-warn">
      <span aria-hidden>▲ </span>
      The command {token.state === "expired" ? "was not used in time" : "was revoked"}. Make another one.
    </p>
  );
}
