import { z } from "zod";
import type { FileContent } from "../layers/layer-result.ts";
import { foundPackages, statedLicenses } from "./found-packages.ts";

const Installed = z.object({
  name: z.string(),
  version: z.string(),
  license: z.array(z.string()).catch([]).default([]),
});
/** Composer 2 puts the list into an object, Composer 1 writes nothing else. */
const InstalledFile = z.union([
  z.array(z.unknown()).max(50_000),
  z.object({ packages: z.array(z.unknown()).max(50_000) }).transform(({ packages }) => packages),
]);

/** Reads vendor/composer/installed.json; an entry that is no package costs only itself. */
export function readComposerInstalled(bytes: Buffer): FileContent | null {
  const entries = InstalledFile.parse(JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, "")));
  return foundPackages(
    entries.flatMap((entry) => {
      const parsed = Installed.safeParse(entry);
      if (!parsed.success) return [];
      const { name, version, license } = parsed.data;
      return [
        {
          name: name.toLowerCase(),
          version: version.replace(/^v(?=\d)/i, ""),
          kind: "php",
          ...statedLicenses(license),
        },
      ];
    }),
  );
}
