import { Button } from "@rampart/ui/button";
import { EmptyState } from "@rampart/ui/empty-state";
import Link from "next/link";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        isPage
        title="There is nothing at this address"
        action={
          <Button asChild>
            <Link href="/">To your projects</Link>
          </Button>
        }
      >
        The project may have been removed, or you may not have the right to open it.
      </EmptyState>
    </main>
  );
}
