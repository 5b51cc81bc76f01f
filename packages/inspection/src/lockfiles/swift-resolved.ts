import { z } from "zod";
import type { Declared } from "./declared.ts";
import { parseJson } from "./parse-document.ts";

const Pins = z.array(z.unknown());
/** Version 1 wraps the pins, 2 and 3 do not. */
const Resolved = z.union([z.object({ pins: Pins }), z.object({ object: z.object({ pins: Pins }) })]);
const State = z.object({ version: z.string().nullish() });
const Pin = z.union([
  z.object({ identity: z.string(), location: z.string(), kind: z.string().optional(), state: State }),
  z.object({ repositoryURL: z.string(), state: State }),
]);

/** Reads Package.resolved. Advisories name a Swift package by its address without scheme and ending. */
export function readSwiftResolved(bytes: Buffer): Declared[] {
  const resolved = parseJson(bytes, Resolved);
  const pins = "pins" in resolved ? resolved.pins : resolved.object.pins;
  return pins.flatMap((value) => {
    const pin = Pin.safeParse(value).data;
    if (pin === undefined) return [{ name: "a pin without address or version", version: null }];
    if ("kind" in pin && pin.kind === "fileSystem") return [];
    return [
      {
        name: "identity" in pin ? nameOf(pin.location, pin.identity) : nameOf(pin.repositoryURL, ""),
        version: pin.state.version ?? null,
      },
    ];
  });
}

/** `https://github.com/apple/swift-nio.git` and `git@github.com:apple/swift-nio`; a registry has names only. */
function nameOf(location: string, identity: string): string {
  if (location === "") return identity;
  const path = location.replace(/^[a-z+]+:\/\//i, "").replace(/^[^/@]*@/, "");
  return path
    .replace(/^([^/:]+):(?!\d+\/)/, "$1/")
    .replace(/\/$/, "")
    .replace(/\.git$/, "");
}
