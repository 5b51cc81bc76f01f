import { statusOf, sentenceFor } from "@rampart/rpc";
import { onFact } from "#server/live-facts.ts";
import { rpcContext } from "#server/session.ts";

const keepAliveMs = 25_000;

/** Server-sent events: the types of facts as they happen in one project. Pages then read again what they show. */
export async function GET(request: Request): Promise<Response> {
  try {
    const context = await rpcContext(request.headers);
    const { scope } = await context.open(new URL(request.url).searchParams.get("project") ?? "");
    return new Response(await stream(scope.projectId, request.signal), {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
    });
  } catch (error) {
    return Response.json({ err: sentenceFor(error) }, { status: statusOf(error) });
  }
}

async function stream(projectId: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    async start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const forget = await onFact((notice) => {
        if (notice.projectId === projectId) send(`data: ${JSON.stringify({ topic: notice.type })}\n\n`);
      });
      const keepAlive = setInterval(() => send(": still here\n\n"), keepAliveMs);
      stop = () => {
        forget();
        clearInterval(keepAlive);
      };
      signal.addEventListener("abort", stop, { once: true });
      send("retry: 2000\n\n");
    },
    cancel: () => stop(),
  });
}
