export type Rate = Readonly<{ burst: number; perSecond: number }>;

/** A bucket of tokens for one asker. */
export function tokenBucket({ burst, perSecond }: Rate, nowMs: number): { take(nowMs: number): boolean } {
  let tokens = burst;
  let filledAt = nowMs;
  return {
    take(atMs) {
      tokens = Math.min(burst, tokens + ((atMs - filledAt) / 1000) * perSecond);
      filledAt = atMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** One bucket per key. The keys heard of longest ago are forgotten first, so that memory stays bounded. */
export function rateLimit(rate: Rate, keysMax: number): { allows(key: string, nowMs: number): boolean } {
  const buckets = new Map<string, ReturnType<typeof tokenBucket>>();
  return {
    allows(key, nowMs) {
      const bucket = buckets.get(key) ?? tokenBucket(rate, nowMs);
      buckets.delete(key);
      buckets.set(key, bucket);
      const [oldest] = buckets.keys();
      if (buckets.size > keysMax && oldest !== undefined) buckets.delete(oldest);
      return bucket.take(nowMs);
    },
  };
}
