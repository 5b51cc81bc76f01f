import { describe, expect, test } from "vitest";
import { mayBeProgram } from "./program-path.ts";

describe("mayBeProgram", () => {
  test.for([
    ["usr/bin/node", true],
    ["usr/bin/python3.11", true],
    ["usr/lib/x86_64-linux-gnu/libcrypto.so.3", true],
    ["usr/lib/libpython3.8.so.1.0", true],
    ["opt/tools/kubectl-v1.29.0", true],
    ["opt/tool_1.2.3_linux_amd64", true],
    ["usr/share/filebeat/bin/filebeat", true],
    ["app/shop.exe", true],
    ["app/index.js", false],
    ["usr/lib/python3/dist-packages/x.py", false],
    ["usr/share/doc/bash/copyright", false],
    ["app/node_modules/x/LICENSE", false],
    ["src/.git/objects/ab/cdef", false],
  ] as const)("%s: %s", ([path, expected]) => {
    expect(mayBeProgram(path)).toBe(expected);
  });
});
