import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

/** The tests that need no server and no database: `npm run check` runs them; `npm test` runs them again with the rest. */
export default defineConfig({
  root: resolve(import.meta.dirname, "../.."),
  test: {
    include: ["test/architecture/**/*.test.ts", "packages/tooling/**/*.test.ts", "packages/handbook/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
