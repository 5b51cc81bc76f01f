import { z } from "zod";
import type { FileContent } from "../layers/layer-result.ts";
import { foundPackages } from "./found-packages.ts";

const Dependencies = z.object({ libraries: z.record(z.string(), z.object({ type: z.string() }).loose()) });
/** The runtime itself, where a program brings its own. */
const runtimePrefix = /^runtimepack\./;

/**
 * Reads a program's NAME.deps.json, which the .NET host loads it by. Projects of the program itself are left out: the
 * registry may give their names to others.
 */
export function readDotnetDependencies(bytes: Buffer): FileContent | null {
  const { libraries } = Dependencies.parse(JSON.parse(bytes.toString("utf8").replace(/^\uFEFF/, "")));
  return foundPackages(
    Object.entries(libraries).flatMap(([key, { type }]) => {
      const [name = "", version = ""] = key.split("/");
      if (type !== "package" && type !== "runtimepack") return [];
      return [{ name: name.replace(runtimePrefix, ""), version, kind: "nuget" }];
    }),
  );
}
