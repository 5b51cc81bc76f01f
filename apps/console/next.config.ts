import type { NextConfig } from "next";

const config: NextConfig = {
  // Types are checked for the whole repository at once; Next would check a part of it a second time.
  typescript: { ignoreBuildErrors: true },
  transpilePackages: [
    "@rampart/alerts",
    "@rampart/api",
    "@rampart/audit",
    "@rampart/config",
    "@rampart/database",
    "@rampart/fleet",
    "@rampart/identity",
    "@rampart/inspection",
    "@rampart/inventory",
    "@rampart/kernel",
    "@rampart/protocol",
    "@rampart/queue",
    "@rampart/rpc",
    "@rampart/secrets",
    "@rampart/telemetry",
    "@rampart/tenancy",
    "@rampart/ui",
    "@rampart/vulnerabilities",
  ],
  serverExternalPackages: [
    "pg",
    "bullmq",
    "ioredis",
    "@node-rs/argon2",
    "@prisma/client",
    "@prisma/adapter-pg",
    "pino",
    "postgres",
  ],
  experimental: { optimizePackageImports: ["radix-ui", "lucide-react"] },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
};

export default config;
