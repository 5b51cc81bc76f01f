import { hashToken } from "@rampart/secrets";

/** Well below the life of an API token, and short enough that a changed password is noticed soon. */
const keptMs = 60_000;
const keptMax = 1_000;

type Kept = Readonly<{ token: string; until: number }>;

/** Sessions of basic credentials, by the hash of the credentials. */
function tokenCache() {
  const kept = new Map<string, Kept>();
  return {
    async get(credentials: string, signIn: () => Promise<string>): Promise<string> {
      const key = hashToken(credentials);
      const found = kept.get(key);
      if (found !== undefined && found.until > Date.now()) return found.token;
      const token = await signIn();
      kept.delete(key);
      kept.set(key, { token, until: Date.now() + keptMs });
      const [oldest] = kept.keys();
      if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest);
      return token;
    },
  };
}

export const basicTokens = tokenCache();
