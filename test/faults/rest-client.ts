export type RestClient = Readonly<{
  /** Rows of a list. Signs in when there is no session yet, and keeps it. */
  get<Row>(path: string): Promise<readonly Row[]>;
}>;

/** The public API as an integration uses it: a token by name and password, then lists. */
export function restClient(
  consoleUrl: () => string,
  { username, password }: Readonly<{ username: string; password: string }>,
): RestClient {
  let token: string | undefined;

  async function signIn(): Promise<string> {
    const answer = await fetch(`${consoleUrl()}/api/v1/authenticate`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username, password }),
    });
    if (!answer.ok) throw new Error(`authenticate: ${answer.status} ${await answer.text()}`);
    const body: { token: string } = await answer.json();
    return body.token;
  }

  return {
    async get<Row>(path: string) {
      token ??= await signIn();
      const answer = await fetch(`${consoleUrl()}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      const rows: readonly Row[] | null = await answer.json();
      return rows ?? [];
    },
  };
}
