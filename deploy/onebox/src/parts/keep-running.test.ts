import { afterEach, expect, test } from "vitest";
import { keepRunning, type KeptPart } from "./keep-running.ts";
import type { Part } from "./part.ts";

let kept: KeptPart | undefined;
afterEach(() => kept?.stop(1_000));

function nodePart(script: string, ready: Part["ready"] = "message"): Part {
  return { name: "part", command: process.execPath, args: ["-e", script], env: {}, cwd: "/", ready };
}

function run(part: Part) {
  const lines: string[] = [];
  const end = Promise.withResolvers<{ how: string; restartInMs: number }>();
  kept = keepRunning(part, {
    onLine: (_name, line) => void lines.push(line),
    onEnd: (_name, how, restartInMs) => end.resolve({ how, restartInMs }),
  });
  return { kept, lines, end: end.promise };
}

const stayReady = 'process.send({ type: "ready" }); setInterval(() => {}, 1000)';

test("is ready when the part says so", async () => {
  await run(nodePart(stayReady)).kept.ready;
});

test("starts a part again that was killed", async () => {
  const { kept: part, end } = run(nodePart(`console.log(process.pid); ${stayReady}`));
  await part.ready;
  const first = part.pid();
  process.kill(first ?? 0, "SIGKILL");
  expect(await end).toEqual({ how: "signal SIGKILL", restartInMs: 1_000 });
  await expect.poll(() => part.pid(), { timeout: 5_000 }).not.toBeNull();
  expect(part.pid()).not.toBe(first);
});

test("hears a part's last words before its end", async () => {
  const { end, lines } = run(nodePart('console.error("the reason"); process.exit(3)'));
  expect((await end).how).toBe("exit code 3");
  expect(lines).toEqual(["the reason"]);
});

test("a stopped part stays stopped, also one that ignores the request", async () => {
  const { kept: part } = run(nodePart(`process.on("SIGTERM", () => {}); ${stayReady}`));
  await part.ready;
  const pid = part.pid() ?? 0;
  await part.stop(100);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  expect(part.pid()).toBeNull();
});
