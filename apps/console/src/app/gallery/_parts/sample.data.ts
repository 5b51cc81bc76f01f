/** Made up, for the gallery only. */
export const sampleCounts = [
  { critical: 12, high: 48, medium: 130, low: 61, unknown: 4 },
  { critical: 0, high: 3, medium: 12, low: 0, unknown: 0 },
  { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 },
  { critical: 1, high: 0, medium: 1204, low: 18, unknown: 0 },
] as const;

export const sampleRows = [
  "docker.io/library/nginx:1.25",
  "registry.example.com/shop/cart:4.2.1",
  "alpine:3.18",
  "ghcr.io/shop/pay:2",
].map((name, index) => ({
  id: `sha256:${String(index).repeat(64)}`,
  name,
  os: ["Debian GNU/Linux 12 (bookworm)", "Ubuntu 22.04.3 LTS", "Alpine Linux v3.18", null][index] ?? null,
  counts: sampleCounts[index] ?? sampleCounts[2],
  packages: [142, 611, 15, 0][index] ?? 0,
  seenAt: new Date(Date.UTC(2026, 10, 24, 10 + index)).toISOString(),
}));
export type SampleRow = (typeof sampleRows)[number];

export const sampleTrend = Array.from({ length: 14 }, (_, day) => ({
  at: new Date(Date.UTC(2026, 10, 11 + day)).toISOString(),
  counts: { critical: 8 + (day % 5), high: 30 + day * 2, medium: 90 + ((day * 7) % 31), low: 40 + day, unknown: 3 },
}));
