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
    next.on("end", () => {
      if (!closed) timer = setTimeout(reconnect, retryMs);
    });
    await next.connect();
    await next.query(`listen ${pg.escapeIdentifier(channel)}`);
  }

  function reconnect(): void {
    connect().then(
      () => onNotice(""),
      () => {
        if (!closed) timer = setTimeout(reconnect, retryMs);
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
