import { mkdir } from "node:fs/promises";
import path from "node:path";
import { build, type Plugin } from "esbuild";

/**
 * Bundles the Defender: one file that stays in memory and three that come and go. CommonJS, so that nothing is parsed
 * that is not used, and without maps, because a Defender is one file on a host.
 */
const folder = path.join(import.meta.dirname, "dist");
await mkdir(folder, { recursive: true });
/** Error messages in fifty languages, which nobody asks a Defender for, are a quarter of a megabyte that stays in memory. */
const withoutTranslations: Plugin = {
  name: "without-translations",
  setup(bundle) {
    bundle.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({ contents: "export {};" }));
  },
};

await build({
  entryPoints: {
    defender: path.join(import.meta.dirname, "src/main.ts"),
    "inspect-child": path.join(import.meta.dirname, "src/inspect-child.ts"),
    "changes-child": path.join(import.meta.dirname, "src/changes-child.ts"),
    "use-child": path.join(import.meta.dirname, "src/use-child.ts"),
  },
  outdir: folder,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node24",
  format: "cjs",
  minify: true,
  keepNames: true,
  legalComments: "none",
  plugins: [withoutTranslations],
  define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
  // Optional accelerators of ws that nobody installs.
  external: ["bufferutil", "utf-8-validate"],
  // The inspection names its own source file as a default that this program never uses.
  logOverride: { "empty-import-meta": "silent" },
  logLevel: "warning",
});
