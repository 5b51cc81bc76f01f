import { Outage } from "@rampart/kernel";
import type { ReceivedFrame } from "@rampart/fleet";
import { grantScope } from "@rampart/kernel/grant";
import { createLogger } from "@rampart/telemetry";
import { expect, test } from "vitest";
import { openInbox } from "./inbox.ts";
import type { KeepFrames } from "./keep-patiently.ts";
import { batchFramesMax, inboxBytesMax } from "./limits.ts";

const logger = createLogger({ process: "test", level: "silent" });
const defenderId = "01890000-0000-7000-8000-000000000001";
const scopeOf = (project: string) => grantScope("tenant", project);

function frame(sequence: number, bytes = 1): ReceivedFrame {
  const header = { type: "image.removed", epoch: defenderId, sequence } as const;
  return { defenderId, header, body: new Uint8Array(bytes) };
}

function recorder(fails: (call: number) => Error | null = () => null) {
  const calls: { project: string; sequences: number[] }[] = [];
  let call = 0;
  const keep: KeepFrames = async (scope, frames) => {
    const failure = fails((call += 1));
    if (failure !== null) throw failure;
    calls.push({ project: scope.projectId, sequences: frames.map(({ header }) => header.sequence) });
    return new Set([defenderId]);
  };
  return { calls, keep };
}

/** Adds reports and resolves when all are settled. */
function addAll(inbox: ReturnType<typeof openInbox>, sequences: readonly number[], project = "a"): Promise<number[]> {
  const settled: number[] = [];
  return new Promise((resolve) => {
    for (const sequence of sequences) {
      const settle = () => {
        settled.push(sequence);
        if (settled.length === sequences.length) resolve(settled);
      };
      inbox.add({ scope: scopeOf(project), frame: frame(sequence), settle });
    }
  });
}

const oneTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test("what arrives together is stored together, per project, in order", async () => {
  const { calls, keep } = recorder();
  const inbox = openInbox(keep, logger);
  await Promise.all([addAll(inbox, [1, 2, 3], "a"), addAll(inbox, [1, 2], "b")]);
  expect(calls).toEqual([
    { project: "a", sequences: [1, 2, 3] },
    { project: "b", sequences: [1, 2] },
  ]);
  await inbox.close();
});

test("a batch has a bound", async () => {
  const { calls, keep } = recorder();
  const inbox = openInbox(keep, logger);
  await addAll(inbox, oneTo(batchFramesMax + 1));
  expect(calls.map((call) => call.sequences.length)).toEqual([batchFramesMax, 1]);
  await inbox.close();
});

test.for([
  ["an outage", new Outage("PostgreSQL", "away")],
  ["an error that nobody foresaw", new Error("?")],
] as const)("%s delays reports and loses none, and later ones do not overtake", async ([, error]) => {
  const { calls, keep } = recorder((call) => (call <= 2 ? error : null));
  const inbox = openInbox(keep, logger);
  const first = addAll(inbox, [1, 2]);
  const later = addAll(inbox, [3]);
  expect(await first).toEqual([1, 2]);
  await later;
  expect(calls.flatMap((call) => call.sequences)).toEqual([1, 2, 3]);
  await inbox.close();
});

test("is full above its bound, and calls back when there is room", async () => {
  const { keep } = recorder();
  const inbox = openInbox(keep, logger);
  const settled = new Promise<void>((settle) => {
    inbox.add({ scope: scopeOf("a"), frame: frame(1, inboxBytesMax), settle: () => settle() });
  });
  expect(inbox.isFull()).toBe(true);
  await Promise.all([settled, new Promise<void>((resume) => inbox.whenRoom(resume))]);
  expect(inbox.isFull()).toBe(false);
  await inbox.close();
});

test("closing stores what has arrived", async () => {
  const { calls, keep } = recorder();
  const inbox = openInbox(keep, logger);
  const all = addAll(inbox, oneTo(5));
  await inbox.close();
  await all;
  expect(calls.flatMap((call) => call.sequences)).toEqual(oneTo(5));
});
