import pg from "pg";

export type Listening = Readonly<{ close(): Promise<void> }>;

const retryMs = 1_000;

/**
 * Listens on a channel over a connection of its own. Notices sent while the connection is down are lost by nature,
 * so an empty notice is delivered after every reconnect: the listener then looks for work itself.
 */
export async function listen(url: string, channel: string, onNotice: (payload: string) => void): Promise<Listening> {
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true });
    client = next;
    next.on("notification", (notice) => onNotice(notice.payload ?? ""));
    next.on("error", () => undefined); // "end" follows and reconnects
    await next.connect();
    await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    // Only from here on: a client that failed to connect ends as well, and two retries for one failure double forever.
    next.once("end", later);
  }

  function later(): void {
    if (!closed) timer = setTimeout(reconnect, retryMs);
  }

  function reconnect(): void {
    connect().then(
      () => onNotice(""),
      () => {
        client?.end().catch(() => undefined);
        later();
      },
    );
  }

  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end();
    },
  };
}
