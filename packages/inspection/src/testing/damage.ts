import fc from "fast-check";

/** What can happen to bytes on the way: some are overwritten, a stretch comes twice, the end is missing. */
export type Damage = Readonly<{
  overwritten: readonly (readonly [place: number, value: number])[];
  repeated: readonly [from: number, to: number];
  keptShare: number;
}>;

const share = () => fc.double({ min: 0, max: 1, noNaN: true });

/** Any damage; places are shares of the length, so that one damage fits every file. */
export const damages: fc.Arbitrary<Damage> = fc.record({
  overwritten: fc.array(fc.tuple(share(), fc.nat(255)), { maxLength: 12 }),
  repeated: fc.tuple(share(), share()),
  keptShare: fc.oneof(fc.constant(1), share()),
});

export function damaged(whole: Buffer, { overwritten, repeated, keptShare }: Damage): Buffer {
  const kept = Buffer.from(whole.subarray(0, Math.ceil(whole.length * keptShare)));
  if (kept.length === 0) return kept;
  const placeOf = (part: number) => Math.min(kept.length - 1, Math.floor(part * kept.length));
  for (const [place, value] of overwritten) kept[placeOf(place)] = value;
  const [from, to] = repeated.map(placeOf).toSorted((a, b) => a - b);
  return from === to ? kept : Buffer.concat([kept.subarray(0, to), kept.subarray(from)]);
}
