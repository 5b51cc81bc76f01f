import { defineConfig } from "prisma/config";

/** Where the Prisma tools look, from the repository's root: `prisma generate --config prisma/prisma.config.ts`. */
export default defineConfig({
  schema: "schema",
  migrations: { path: "migrations" },
});
