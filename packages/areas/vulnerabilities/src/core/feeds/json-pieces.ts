import { BadEntry, type TextChunks } from "./feed-entry.ts";
import { TextSource } from "./text-source.ts";

/** A part of a JSON text: where it stands, and what it says. */
export type JsonPiece = Readonly<{ path: readonly string[]; value: unknown }>;

/** Any member of an object, or any element of a list. */
export const each = "*";

/**
 * Cuts one large JSON text into the parts at `pattern`, such as `["packages", each]`, so that memory holds one part. The
 * simple values beside the first step come too, with a path of one: the head of the document.
 */
export async function* jsonPieces(chunks: TextChunks, pattern: readonly string[]): AsyncGenerator<JsonPiece> {
  const source = new TextSource(chunks);
  yield* piecesAt(source, pattern, []);
  if ((await source.peek()) !== "") throw new BadEntry(null, "goes on behind its end");
}

async function* piecesAt(
  source: TextSource,
  pattern: readonly string[],
  path: readonly string[],
): AsyncGenerator<JsonPiece> {
  const [step, ...rest] = pattern;
  if (step === undefined) {
    yield { path, value: parse(await source.takeValue(), path) };
    return;
  }
  const opening = await source.next();
  if (opening === "{") yield* members(source, { step, rest, path });
  else if (opening === "[" && step === each) yield* elements(source, rest, path);
  else throw new BadEntry(placeOf(path), "is not of the form that its format has");
}

type Walk = Readonly<{ step: string; rest: readonly string[]; path: readonly string[] }>;

async function* members(source: TextSource, { step, rest, path }: Walk): AsyncGenerator<JsonPiece> {
  if ((await source.peek()) === "}") return void (await source.next());
  for (;;) {
    if ((await source.peek()) !== '"') throw new BadEntry(placeOf(path), "has a member without a name");
    const key = String(parse(await source.takeValue(), path));
    if ((await source.next()) !== ":") throw new BadEntry(placeOf([...path, key]), "has no value");
    if (step === each || step === key) yield* piecesAt(source, rest, [...path, key]);
    else if (path.length === 0 && !isContainer(await source.peek())) {
      yield { path: [key], value: parse(await source.takeValue(), [key]) };
    } else await source.skipValue();
    if (await isLast(source, "}", path)) return;
  }
}

async function* elements(
  source: TextSource,
  rest: readonly string[],
  path: readonly string[],
): AsyncGenerator<JsonPiece> {
  if ((await source.peek()) === "]") return void (await source.next());
  for (let index = 1; ; index += 1) {
    yield* piecesAt(source, rest, [...path, String(index)]);
    if (await isLast(source, "]", path)) return;
  }
}

async function isLast(source: TextSource, closing: string, path: readonly string[]): Promise<boolean> {
  const mark = await source.next();
  if (mark !== "," && mark !== closing) throw new BadEntry(placeOf(path), "is no JSON");
  return mark === closing;
}

function isContainer(character: string): boolean {
  return character === "{" || character === "[";
}

function parse(text: string, path: readonly string[]): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadEntry(placeOf(path), error instanceof Error ? error.message : "is no JSON");
  }
}

export function placeOf(path: readonly string[]): string {
  return path.length === 0 ? "beginning" : `entry ${path.join(" / ").slice(0, 200)}`;
}
