import { messageOf, Outage, Refusal } from "@rampart/kernel";
import { inspect } from "../inspect.ts";
import type { OnProgress } from "../sources/image-parts.ts";
import { ParentMessage } from "./messages.ts";
import type { ChildMessage } from "./messages.ts";

/*
 * The process that inspects, apart from the one that asked, so that the asker stays small and outlives whatever an
 * image does to its reader. Says `ready`, takes one request, reports progress, answers once, ends.
 */
const progressEveryMs = 250;

function say(message: ChildMessage, after: () => void = () => {}): void {
  process.send?.(message, after);
}

function throttled(onProgress: OnProgress): OnProgress {
  let saidAt = 0;
  return (progress) => {
    const now = performance.now();
    if (now - saidAt < progressEveryMs) return;
    saidAt = now;
    onProgress(progress);
  };
}

async function answer(received: unknown): Promise<ChildMessage> {
  try {
    const { request } = ParentMessage.parse(received);
    const onProgress = throttled((progress) => say({ type: "progress", ...progress }));
    return { type: "inspected", inspection: await inspect(request, { onProgress }) };
  } catch (error) {
    return toMessage(error);
  }
}

function toMessage(error: unknown): ChildMessage {
  const message = messageOf(error).slice(0, 4096);
  if (error instanceof Refusal) return { type: "refused", kind: error.kind, reason: error.reason, message };
  if (!(error instanceof Outage)) return { type: "failed", system: null, message };
  return { type: "failed", system: error.system.slice(0, 256), message: messageOf(error.cause).slice(0, 4096) };
}

process.once("message", (received) => {
  void answer(received).then((message) => say(message, () => process.disconnect()));
});
// Without a parent nobody waits for the answer.
process.once("disconnect", () => process.exit());
say({ type: "ready" });
