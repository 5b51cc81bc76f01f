import type { AppRouter } from "@rampart/api";
import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";

/** For what a hand does in the browser; pages are read on the server. */
export const apiClient = createTRPCClient<AppRouter>({
  links: [httpBatchLink({ url: "/api/trpc", maxItems: 20 })],
});

/** What went wrong in a sentence for the person who pressed the button. */
export function problemOf(thrown: unknown): string {
  if (thrown instanceof TRPCClientError && thrown.data !== undefined && thrown.data !== null) return thrown.message;
  return "The Console did not answer. Check the connection and try again.";
}
